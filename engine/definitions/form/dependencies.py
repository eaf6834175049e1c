"""Which expression reads which key: what to watch, what comes from outside, and that nothing reads itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.definitions.form.components import Component, Computed, Display, Group, Input, RowList
from engine.definitions.form.expressions import Dynamic, Template
from engine.definitions.form.level import Level, Member
from engine.definitions.form.problems import FormRefused
from engine.errors import Problem

_LONGEST_CHAIN = 60
_SPECIAL = frozenset({"this", "parent", "i"})

Node = tuple[int, str]
"""A key at its level: `(id(level), key)`."""


@dataclass
class Dependencies:
    """`outside` are names that the case must know; `watched` are the paths of keys that change what is shown."""

    outside: set[str] = field(default_factory=set)
    watched: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, top: Level, children: tuple[Component, ...], checks: Iterable[Dynamic | Template]) -> "Dependencies":
        """Raises FormRefused when values depend on themselves."""
        found = cls()
        found._note((name for part in checks for name in part.names), top, is_shown=False)
        found._look(children, top)
        _refuse_circles(top)
        return found

    def _look(self, children: tuple[Component, ...], level: Level) -> None:
        for child in children:
            self._note((name for part in shown_parts(child) for name in part.names), level, is_shown=True)
            checks = [part for check in child.checks for part in (check.rule, check.message, check.message_en)]
            self._note((name for part in checks for name in part.names), level, is_shown=False)
            if isinstance(child, Group | RowList):
                below = level.members[child.key].level if child.key else level
                self._look(child.children, below or level)

    def _note(self, names: Iterable[str], level: Level, *, is_shown: bool) -> None:
        for name in names:
            place = home(name, level)
            if place is None:
                self.outside |= {name} - _SPECIAL
                self.watched |= {f"{level.path}{key}" for key in level.members if name == "this" and is_shown}
            elif is_shown:
                self.watched |= set(_paths(place, name))


def home(name: str, level: Level | None) -> Level | None:
    """The level where a name is found first, looking outwards."""
    while level is not None and name not in level.members:
        level = level.outer
    return level


def _paths(level: Level, name: str) -> Iterator[str]:
    below = level.members[name].level
    yield f"{level.path}{name}"
    for part in below.all() if below else ():
        yield from (f"{part.path}{key}" for key in part.members)


def shown_parts(component: Component) -> list[Dynamic | Template]:
    """Every property that decides what a person sees."""
    parts = [component.label, component.label_en, component.description, component.description_en, component.hide]
    if isinstance(component, Input):
        limits = component.limits
        parts += [component.readonly, component.prefix, component.suffix, limits.required]
        parts += [limits.minimum, limits.maximum, limits.min_length, limits.max_length]
        parts += [component.options.source] if component.options else []
    elif isinstance(component, Computed):
        parts += [component.rule]
    elif isinstance(component, RowList):
        parts += [component.rows]
    elif isinstance(component, Display):
        parts += [component.text, component.text_en, component.source, component.alt]
    return parts


def _reads(level: Level, member: Member) -> Iterator[Node]:
    """The keys that the value of a member is made of."""
    component = member.component
    parts = [*member.conditions]
    parts += [component.readonly] if isinstance(component, Input) else []
    parts += [component.rule] if isinstance(component, Computed) else []
    parts += [component.rows] if isinstance(component, RowList) else []
    for part in parts:
        for name in part.names:
            place = home(name, level)
            if place is not None:
                yield (id(place), name)
    if member.level:
        yield from ((id(member.level), key) for key in member.level.members)


def _refuse_circles(top: Level) -> None:
    reads = {
        (id(level), key): (member.component, tuple(_reads(level, member)))
        for level in top.all()
        for key, member in level.members.items()
    }
    heights: dict[Node, int] = {}
    for node in reads:
        _height(node, reads, heights, way=())


def _height(
    node: Node, reads: dict[Node, tuple[Component, tuple[Node, ...]]], heights: dict[Node, int], way: tuple[Node, ...]
) -> int:
    component, below = reads[node]
    if node in way or len(way) > _LONGEST_CHAIN:
        code = "reads_itself" if node in way else "chain_too_long"
        problem = Problem(path=component.where, code=code, params={"key": node[1]}, element_id=component.id)
        raise FormRefused(problems=[problem])
    if node not in heights:
        heights[node] = 1 + max((_height(n, reads, heights, (*way, node)) for n in below), default=0)
    if heights[node] + len(way) > _LONGEST_CHAIN:
        problem = Problem(path=component.where, code="chain_too_long", params={"key": node[1]}, element_id=component.id)
        raise FormRefused(problems=[problem])
    return heights[node]

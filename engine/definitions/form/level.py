"""Which keys stand together: the form itself, a group with a path, or one row of a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.definitions.form.components import Component, Group, RowList
from engine.definitions.form.expressions import Dynamic, Fixed


@dataclass(frozen=True)
class Member:
    """A part with a key. `conditions` hide it: its own, and those of groups without a path around it."""

    component: Component
    conditions: tuple[Dynamic, ...]
    level: "Level | None" = None


@dataclass(eq=False)
class Level:
    """`outer` is where names are looked up next, `unkeyed` the parts without a value of their own that have checks."""

    outer: "Level | None" = None
    path: str = ""
    members: dict[str, Member] = field(default_factory=dict)
    unkeyed: list[Member] = field(default_factory=list)

    @classmethod
    def of(cls, children: tuple[Component, ...], *, outer: "Level | None" = None, path: str = "") -> "Level":
        level = cls(outer=outer, path=path)
        level._take(children, ())
        return level

    def _take(self, children: tuple[Component, ...], around: tuple[Dynamic, ...]) -> None:
        for child in children:
            can_hide = not (isinstance(child.hide, Fixed) and child.hide.value is not True)
            conditions = (*around, child.hide) if can_hide else around
            if child.key:
                self.members[child.key] = Member(child, conditions, self._below(child))
            elif child.checks:
                self.unkeyed.append(Member(child, conditions))
            if isinstance(child, Group) and child.key is None:
                self._take(child.children, conditions)

    def _below(self, child: Component) -> "Level | None":
        if not isinstance(child, Group | RowList):
            return None
        return Level.of(child.children, outer=self, path=f"{self.path}{child.key}.")

    def all(self) -> Iterator["Level"]:
        """This level and all below it."""
        yield self
        for member in self.members.values():
            if member.level:
                yield from member.level.all()

"""What a process went through: for every event the tokens that it took away, changed and made, and what was written.

A process can go back along its trail (`way_back`). Moves write to it while they happen; it knows no diagram.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.spiff.scope import Scope, Token

CASE, PARTY = "case", "party"
# An instance of a multi-instance activity that has done its work and waits for its repetition to take what came of it.
ENDED = "ended"


@dataclass(frozen=True)
class Image:
    """A token as it was before an event touched it. `level` is the owner of its level; "" is the process itself."""

    level: str
    id: str
    parent: str
    node: str
    state: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ClosedLevel:
    """A level that was over, or was taken away, with its root token."""

    owner: str
    name: str
    root: Image


@dataclass(frozen=True)
class Written:
    """`keeper` is "case", "party" or a token with local variables; `before` holds the value that was there, if any."""

    keeper: str
    name: str
    before: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Undoable:
    """The list of completed activities of a level: one was added, or (`before` given) some were taken to be undone."""

    level: str
    added: str = ""
    before: tuple[str, ...] | None = None


@dataclass
class Event:
    """One move. `kind`: start, complete, fire, work, condition, end (of an instance), close (of a level), or join.

    `cleared`: levels on which everything was taken away.
    `renewed`: a listener that goes on listening as another token. `message`: the id of the message that came.
    `is_instance`: it was one of the instances of the element. `number`: given by whoever keeps the trail.
    """

    kind: str
    element: str = ""
    step: str = ""
    level: str = ""
    made: list[str] = field(default_factory=list)
    took: list[Image] = field(default_factory=list)
    changed: list[Image] = field(default_factory=list)
    closed: list[ClosedLevel] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    renewed: list[tuple[str, str]] = field(default_factory=list)
    wrote: list[Written] = field(default_factory=list)
    undoable: list[Undoable] = field(default_factory=list)
    message: str = ""
    is_instance: bool = False
    number: int = -1

    @property
    def is_empty(self) -> bool:
        return not (self.made or self.took or self.changed or self.wrote)

    def as_json(self) -> dict[str, Any]:
        """Without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Event:
        parts: dict[str, Any] = dict(kept)
        kinds: dict[str, Any] = {"took": Image, "changed": Image, "wrote": _written, "undoable": _undoable}
        for name, kind in kinds.items():
            parts[name] = [kind(**row) for row in kept.get(name, ())]
        parts["closed"] = [ClosedLevel(r["owner"], r["name"], Image(**r["root"])) for r in kept.get("closed", ())]
        parts["renewed"] = [(old, new) for old, new in kept.get("renewed", ())]
        return cls(**parts)


def _written(keeper: str, name: str, before: list[Any]) -> Written:
    return Written(keeper, name, tuple(before))


def _undoable(level: str, added: str = "", before: list[str] | None = None) -> Undoable:
    return Undoable(level, added, None if before is None else tuple(before))


class Trail:
    """Written while the tokens move. What is written between two events belongs to the next one."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.is_kept = True
        self._now: Event | None = None
        self._images: dict[str, tuple[Image, Token]] = {}
        self._made: dict[str, None] = {}
        self._before: list[Written] = []
        self._message = ""

    @contextmanager
    def event(self, kind: str, token: Token | None = None) -> Iterator[None]:
        """Everything that happens to tokens meanwhile is one event."""
        self._now = Event(kind)
        if token is not None:
            self._now.element, self._now.step = token.task_spec.element.id, token.id.hex
            self._now.level = _level_of(token.workflow)
            self._now.is_instance = token.task_spec.name != token.task_spec.element.id
        self._now.wrote, self._before = self._before, []
        self._now.message, self._message = self._message, ""
        if token is not None and kind != "end":  # there the owner of many instances stays as it is
            self.touched(token)
        try:
            yield
        finally:
            self._finish(self._now)

    def close(self) -> list[Event]:
        """All events; what was written after the last of them belongs to it."""
        if self._before and self.events:
            self.events[-1].wrote += self._before
            self._before = []
        return self.events

    def forget(self) -> None:
        """What was written since the last event belongs to no event."""
        self._before = []

    def made(self, token: Token) -> None:
        if self._now is not None:
            self._made[token.id.hex] = None

    def touched(self, token: Token) -> None:
        """Called before a token changes or goes."""
        if self._now is None or token.is_root or token.id not in token.workflow.tasks:
            return
        id_ = token.id.hex
        if id_ not in self._made and id_ not in self._images:
            self._images[id_] = _image(token), token

    def gone(self, token: Token) -> None:
        """Called after `touched`, when the token is taken away."""
        id_ = token.id.hex
        if self._made.pop(id_, self) is self and id_ in self._images and self._now is not None:
            self._now.took.append(self._images.pop(id_)[0])

    def closed(self, scope: Scope) -> None:
        if self._now is not None and scope.owner is not None:
            level = ClosedLevel(scope.owner.id.hex, scope.spec.name, _image(scope.root))
            self._now.closed.append(level)

    def cleared(self, scope: Scope) -> None:
        """Everything on this level is taken away, whatever it is."""
        if self._now is not None:
            self._now.cleared.append(_level_of(scope))

    def renewed(self, old: Token, new: Token | None) -> None:
        if self._now is not None and new is not None:
            self._now.renewed.append((old.id.hex, new.id.hex))

    def wrote(self, keeper: str, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """`before`: what the keeper holds until now."""
        rows = [Written(keeper, name, (before[name],) if name in before else ()) for name in values]
        (self._before if self._now is None else self._now.wrote).extend(rows)

    def undoable(self, token: Token, *, added: str = "", before: list[str] | None = None) -> None:
        if self._now is not None:
            row = Undoable(_level_of(token.workflow), added, None if before is None else tuple(before))
            self._now.undoable.append(row)

    def came(self, message_id: str) -> None:
        """A message that the next event takes."""
        self._message = message_id

    def _finish(self, event: Event) -> None:
        event.made = list(self._made)
        event.changed = [image for image, token in self._images.values() if _is_other(image, token)]
        if self.is_kept and not event.is_empty:
            self.events.append(event)
        self._now, self._images, self._made = None, {}, {}


def _level_of(scope: Scope) -> str:
    return scope.owner.id.hex if scope.owner is not None else ""


def _is_other(image: Image, token: Token) -> bool:
    """Whether the token stands somewhere else, or otherwise, than before."""
    parent = token._parent.hex if token._parent else ""
    has_ended = ENDED in token.internal_data and ENDED not in image.facts
    return has_ended or (image.state, image.parent) != (token._state, parent)


def _image(token: Token) -> Image:
    facts = copied(token.internal_data)
    parent = token._parent.hex if token._parent else ""
    return Image(_level_of(token.workflow), token.id.hex, parent, token.task_spec.name, token._state, facts)


def copied(facts: Mapping[str, Any]) -> dict[str, Any]:
    """With copies of the values that are changed in place."""
    return {name: _copy(value) for name, value in facts.items()}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return dict(value)
    return list(value) if isinstance(value, list) else value

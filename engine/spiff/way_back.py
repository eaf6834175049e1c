"""How a process comes back to a step that was done: what must be undone, which tokens go and which come back.

The trail of a process is an occurrence net: every event takes tokens away and makes others. To go back to a step is to
leave out its event and everything that could not have happened without it; all other events stay. So an independent
branch stays where it is, a token that waited at a join waits there again, and a loop goes back to the right round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from engine.spiff.trail import ClosedLevel, Event, Image
from engine.spiff.written import befores, names_in


class Drawing(Protocol):
    """What of the diagram decides whether an event depends on another."""

    def blocks(self, gateway: str, arrived: frozenset[str], node: str) -> bool:
        """Whether an inclusive join would have waited for a token at this node."""
        ...

    def reads(self, element: str) -> frozenset[str]:
        """The variables that a conditional event looks at."""
        ...


@dataclass(eq=False)
class _Place:
    """A token as long as nothing changes it: made by one event, used up by another. `id` is the token it is now."""

    id: str
    maker: int | None
    user: int | None = None
    image: Image | None = None


@dataclass(frozen=True)
class WayBack:
    """`undone` are indices in the trail. `gone` are ids of tokens to take away, `back` tokens to put there again,
    `reset` tokens that are still there and stand again as they did, `levels` those that open again.
    """

    undone: frozenset[int]
    gone: frozenset[str]
    back: tuple[Image, ...]
    reset: tuple[Image, ...]
    levels: tuple[ClosedLevel, ...]


@dataclass
class Net:
    """The trail read once. `living`: the tokens that are there now."""

    events: Sequence[Event]
    living: frozenset[str]
    drawing: Drawing | None = None
    _places: list[_Place] = field(default_factory=list)
    _current: dict[str, _Place] = field(default_factory=dict)
    _uses: dict[int, list[_Place]] = field(default_factory=dict)
    _makes: dict[int, list[_Place]] = field(default_factory=dict)
    _heard: dict[int, list[_Place]] = field(default_factory=dict)
    _ends: dict[str, list[int]] = field(default_factory=dict)
    _closers: dict[str, int] = field(default_factory=dict)
    _clearings: dict[str, list[int]] = field(default_factory=dict)
    _parts: dict[str, list[int]] = field(default_factory=dict)
    _inside: dict[str, list[int]] = field(default_factory=dict)
    _after: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, event in enumerate(self.events):
            self._read(number, event)
        self.reckoned = frozenset(self._current)
        self._current = {id_: self._current.get(id_) or self._place(id_, None) for id_ in self.living}

    reckoned: frozenset[str] = frozenset()

    def event_of(self, step: str) -> int | None:
        """The latest event in which somebody completed this step, or something happened that it waited for."""
        told = (n for n, event in enumerate(self.events) if event.step == step and event.kind in ("complete", "fire"))
        return max(told, default=None)

    def past_of(self, step: str) -> frozenset[int]:
        """The events without which there would be no such token now."""
        place = self._current.get(step)
        found: set[int] = set()
        ahead = [place.maker] if place and place.maker is not None else []
        while ahead:
            number = ahead.pop()
            if number not in found:
                found.add(number)
                used = (*self._uses[number], *self._heard.get(number, ()))
                ahead += [p.maker for p in used if p.maker is not None]
                ahead += self._within(number)
        return frozenset(found)

    def _within(self, number: int) -> list[int]:
        """What went on inside before this event ended it: a level, the instances of an activity, a compensation."""
        event = self.events[number]
        found = self._inside.get(event.step, []) if event.kind == "close" else []
        parts = self._parts.get(event.step, []) if event.kind == "end" else []
        return [n for n in (*found, *parts) if n < number]

    def way_back(self, number: int) -> WayBack:
        """To before this event."""
        undone = {number}
        while more := self._dependent(undone) - undone:
            undone |= more
        back = list(self._restored(undone))
        standing = {id_ for id_, place in self._current.items() if place.maker not in undone}
        reset = [p.image for p in back if p.image and p.id in self._current and p.id not in standing]
        return WayBack(
            frozenset(undone),
            frozenset(set(self._current) - standing - {image.id for image in reset}),
            tuple(p.image for p in back if p.image and p.image not in reset),
            tuple(reset),
            tuple(self._levels(undone)),
        )

    def what_is_left(self, undone: frozenset[int]) -> list[Event]:
        """The trail without what is undone. That a listener goes on as another token stays true."""
        left, before = [], befores(self.events, undone)
        for number, event in enumerate(self.events):
            if number not in undone:
                left.append(replace(event, wrote=[before.get(id(row), row) for row in event.wrote]))
            elif any(place.maker not in undone for place in self._heard.get(number, ())):
                left.append(Event("renewed", renewed=event.renewed))
        return left

    # Reading

    def _read(self, number: int, event: Event) -> None:
        again = dict(event.renewed)
        self._note(number, event)
        self._uses[number], self._makes[number] = [], []
        for old, new in again.items():
            place = self._current.pop(old, None) or self._place(old, None)
            place.id = new
            self._current[new] = place
            self._heard.setdefault(number, []).append(place)
        lifted = [image for image in event.changed if image.id in again]
        for image in (*event.took, *event.changed):
            if image.id not in again:
                self._use(number, image)
            self._ends.setdefault(image.id, []).append(number)
        for id_ in (*event.made, *(image.id for image in (*event.changed, *lifted))):
            if id_ not in again.values():
                self._make(number, id_)

    def _note(self, number: int, event: Event) -> None:
        self._inside.setdefault(event.level, []).append(number)
        self._closers |= {level.owner: number for level in event.closed}
        for level in event.cleared:
            self._clearings.setdefault(level, []).append(number)
        parts = self._parts.get(event.step, [])
        if event.kind == "end" and parts and not any(image.parent == event.step for image in event.took):
            self._after[number] = parts[-1]  # a compensation goes on when the handler before has gone
        for image in event.took:
            if image.parent:
                self._parts.setdefault(image.parent, []).append(number)

    def _use(self, number: int, image: Image) -> None:
        place = self._current.pop(image.id, None) or self._place(image.id, None)
        place.user, place.image = number, image
        self._uses[number].append(place)

    def _make(self, number: int, id_: str) -> None:
        place = self._place(id_, number)
        self._current[id_] = place
        self._makes[number].append(place)

    def _place(self, id_: str, maker: int | None) -> _Place:
        place = _Place(id_, maker)
        self._places.append(place)
        return place

    # What depends on what

    def _dependent(self, undone: set[int]) -> set[int]:
        """Events that cannot have happened, one step further."""
        found = {p.user for n in undone for p in self._makes[n] if p.user is not None}
        back = list(self._restored(undone))
        found.update(n for n, before in self._after.items() if before in undone)
        found.update(n for n, places in self._heard.items() if any(p.maker in undone for p in places))
        found.update(self._homeless(back, undone))
        found.update(self._hasty_joins(back, undone))
        found.update(self._conditions(undone))
        found.update(self._compensations(undone))
        return found

    def _restored(self, undone: set[int]) -> Iterator[_Place]:
        """What undone events used up and others made."""
        for number in sorted(undone):
            yield from (p for p in self._uses[number] if p.maker is None or p.maker not in undone)

    def _homeless(self, back: list[_Place], undone: set[int]) -> Iterator[int]:
        """A token needs the one that it hangs on, and the one whose level it is in: what ended those did not happen."""
        there = {p.id for p in back} | {id_ for id_, p in self._current.items() if p.maker not in undone}
        for place in back:
            image = place.image
            for home in (image.level, image.parent) if image else ():
                if home and home not in there and home in self._ends:
                    yield self._ends[home][-1]
            if image and image.level in self._closers:
                yield self._closers[image.level]
            if image and place.user is not None:
                yield from (n for n in self._clearings.get(image.level, ()) if n > place.user)

    def _hasty_joins(self, back: list[_Place], undone: set[int]) -> Iterator[int]:
        """Joins that did not wait for a token which is there again."""
        for number, event in enumerate(self.events):
            if number in undone:
                continue
            for image in (p.image for p in back if p.image and p.user is not None and p.user < number):
                if event.level == image.level and self._waits_for(event, image):
                    yield number

    def _waits_for(self, event: Event, image: Image) -> bool:
        if image.node == event.element:
            return event.kind in ("join", "work") and "via" in image.facts
        if event.kind != "join" or "armed" in image.facts:
            return False
        arrived = {str(i.facts.get("via")) for i in (*event.took, *event.changed)}
        return bool(self.drawing and self.drawing.blocks(event.element, frozenset(arrived), image.node))

    def _conditions(self, undone: set[int]) -> Iterator[int]:
        """A condition that an undone event made true."""
        for number, event in enumerate(self.events):
            if event.kind == "condition" and number not in undone:
                names = self.drawing.reads(event.element) if self.drawing else frozenset()
                writers = [n for n in range(number) if names_in(self.events[n]) & names]
                if writers and writers[-1] in undone:
                    yield number

    def _compensations(self, undone: set[int]) -> Iterator[int]:
        """What was undone by the process itself after it was completed."""
        added = [(n, row) for n in undone for row in self.events[n].undoable if row.added]
        for number, event in enumerate(self.events):
            for row in event.undoable if number not in undone else ():
                if row.before is not None and any(n < number and a.level == row.level for n, a in added):
                    yield number

    def _levels(self, undone: set[int]) -> Iterator[ClosedLevel]:
        there = {p.id for p in self._restored(undone)} | {
            id_ for id_, p in self._current.items() if p.maker not in undone
        }
        for number in sorted(undone):
            yield from (level for level in self.events[number].closed if level.owner in there)

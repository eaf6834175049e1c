"""All states that a level can be in, nearest first, and what is wrong with the first that is."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

from engine.definitions.soundness.net import OVER, Move, Net, State

# What was brought together from different branches is let go on, so that the rest is seen too; but not without end.
MOST_AT_ONE_PLACE = 3


class GaveUp(Exception):
    """There are more states than may be looked at, or it takes too long."""


@dataclass
class Budget:
    """Shared by all levels of a bundle."""

    states: int = 200_000
    seconds: float = 5.0
    used: int = 0
    began: float = field(default_factory=perf_counter)

    def spend(self) -> None:
        self.used += 1
        if self.used > self.states or (not self.used % 64 and perf_counter() - self.began > self.seconds):
            raise GaveUp


@dataclass
class Explored:
    """`came` tells how each state was first reached; `doubled` are the nearest with two tokens at one place."""

    begins: State
    came: dict[State, tuple[State, Move] | None] = field(default_factory=dict)
    before: dict[State, list[State]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    thrown: set[tuple[str, str | None]] = field(default_factory=set)
    completes: bool = False
    doubled: tuple[State, str] | None = None
    may_be_doubled: tuple[State, str] | None = None
    is_cut: bool = False
    unexplored: set[State] = field(default_factory=set)

    def path(self, state: State) -> list[Move]:
        moves: list[Move] = []
        while (step := self.came[state]) is not None:
            state, move = step
            moves.append(move)
        return moves[::-1]

    def without_end(self) -> list[State]:
        """States from which the level can never be over, nearest first."""
        ending = {OVER, *self.unexplored}
        left = deque(ending)
        while left:
            for state in self.before.get(left.popleft(), ()):
                if state not in ending:
                    ending.add(state)
                    left.append(state)
        return [state for state in self.came if state not in ending]


def explore(net: Net, begins: State, budget: Budget) -> Explored:
    """Stops at the first certain doubling: what follows would be more of the same. Raises GaveUp."""
    found = Explored(begins)
    found.came[begins] = None
    left = deque([begins])
    while left and found.doubled is None:
        state = left.popleft()
        budget.spend()
        if state == OVER:
            continue
        if _is_crowded(state):
            found.is_cut = True
            found.unexplored.add(state)
            continue
        for move in net.moves(state):
            _note(found, state, move)
            if move.after not in found.came:
                found.came[move.after] = (state, move)
                left.append(move.after)
                _look_for_doubles(found, net, move.after)
    return found


def _note(found: Explored, state: State, move: Move) -> None:
    found.before.setdefault(move.after, []).append(state)
    found.moved.add(move.element)
    found.moved.update(move.flows)
    if move.thrown:
        found.thrown.add(move.thrown)
    found.completes |= move.after == OVER and not move.stops


def _is_crowded(state: State) -> bool:
    counts: dict[str, int] = {}
    for place, _ in state:
        counts[place] = counts.get(place, 0) + 1
    return max(counts.values(), default=0) > MOST_AT_ONE_PLACE


def _look_for_doubles(found: Explored, net: Net, state: State) -> None:
    """Where tokens only pass by, the next step may take them away again, unless they become ever more."""
    doubled = [(place, origins) for place, origins in _doubled(state) if _counts(net, place)]
    for place, origins in doubled if doubled and (_is_crowded(state) or net.is_settled(state)) else []:
        is_certain = len(set(origins)) < len(origins)
        if is_certain and found.doubled is None:
            found.doubled = (state, place)
        elif not is_certain and found.may_be_doubled is None:
            found.may_be_doubled = (state, place)


def _counts(net: Net, place: str) -> bool:
    element = net.level.elements.get(place)
    return element is None or not (element.type == "endEvent" or element.triggered_by_event)


def _doubled(state: State) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    at: dict[str, list[tuple[str, ...]]] = {}
    for place, origin in state:
        at.setdefault(place, []).append(origin)
    return [(place, origins) for place, origins in at.items() if len(origins) > 1]

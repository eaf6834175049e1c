"""The way to a state as steps that can be shown on the diagram."""

from collections import Counter

from engine.definitions.soundness.exploring import Explored
from engine.definitions.soundness.finding import Step
from engine.definitions.soundness.level import Level
from engine.definitions.soundness.net import Net, State


def steps_to(net: Net, run: Explored, state: State) -> tuple[Step, ...]:
    """A way beside the main one begins with the event that opens it."""
    opened = (
        []
        if run.begins == net.initial()
        else [m for e in sorted(net.apart) if (m := net.beside(e)).after == run.begins]
    )
    moves = [*opened[:1], *run.path(state)]
    return tuple(Step(move.element, move.kind, move.flows, tokens_of(move.after)) for move in moves)


def tokens_of(state: State) -> dict[str, int]:
    return dict(Counter(place for place, _ in state))


def merge_before(level: Level, place: str) -> str:
    """Two tokens seen at a step came together in the merge before it."""
    if place in level.join_of:
        flow = next(flow for flow in level.into(level.join_of[place].id) if flow.id == place)
        return _merge_at(level, flow.source) or level.join_of[place].id
    return _merge_at(level, place) or place


def _merge_at(level: Level, element_id: str) -> str | None:
    seen: set[str] = set()
    while element_id not in seen:
        seen.add(element_id)
        if len(level.into(element_id)) > 1:
            return element_id
        if not level.into(element_id):
            return None
        element_id = level.into(element_id)[0].source
    return None

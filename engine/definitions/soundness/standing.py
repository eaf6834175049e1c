"""Can a process that is somewhere in the middle still come to its end?"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definitions.process import Process
from engine.definitions.soundness.exploring import Budget, GaveUp, explore
from engine.definitions.soundness.frame import Frames
from engine.definitions.soundness.level import Level
from engine.definitions.soundness.net import State
from engine.definitions.soundness.proving import Prover, around


@dataclass(frozen=True)
class Standing:
    """The tokens of one level: elements, or for what waits at a join the flow by which it came.

    `inside`: (activity, what stands in it).
    """

    places: tuple[str, ...]
    inside: tuple[tuple[str, "Standing"], ...] = ()


def no_way_on(main: Process, processes: Mapping[str, Process], standing: Standing) -> tuple[str, ...] | None:
    """Elements with tokens from which the end cannot be reached any more; none when it always can.

    None when it would take too long to find out. `processes` are all diagrams of the bundle by key.
    """
    prover = Prover(processes, Budget())
    try:
        return _stuck(prover, Level(main, main.key, processes), (), standing)
    except GaveUp:
        return None


def _stuck(prover: Prover, level: Level, frames: Frames, standing: Standing) -> tuple[str, ...]:
    # Tokens that are there already are told apart: two at one place may be meant.
    state: State = tuple(sorted((place, (f"was there: {n}",)) for n, place in enumerate(standing.places)))
    run = explore(prover.net(level, frames), state, prover.budget)
    if run.is_cut or run.doubled is not None:
        raise GaveUp
    hopeless = run.without_end()
    if hopeless:
        return tuple(level.join_of[place].id if place in level.join_of else place for place, _ in hopeless[0])
    for host, inner in standing.inside:
        element = level.elements[host]
        below = level.inside(element)
        found = _stuck(prover, below, around(level, element, frames), inner) if below else ()
        if found:
            return found
    return ()

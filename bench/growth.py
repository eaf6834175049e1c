"""Does round 200 cost what round 5 cost, also through stages with clocks? Does a loop of 1,000 rounds end right?"""

from typing import Any

from bench.bare_engine import BareRun
from bench.measuring import cpu_ms, memory_mb, progress, ratio, summary
from bench.workplace import PROCESSES, Workplace, workplace
from engine.actor import SYSTEM
from engine.commands.complete_task import CompleteTask
from engine.queries.case_file import case_file

EARLY, LATE, LAST, WINDOW = 5, 200, 1_000, 20


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    last = max(LATE + WINDOW, round(LAST * scale))
    with workplace("rounds", "staged_rounds") as place:
        loops = {process: _rounds(place, process, last) for process in ("rounds", "staged_rounds")}
        memory = memory_mb()
    floor = [BareRun(PROCESSES / "rounds.bpmn").complete_next() for _ in range(WINDOW)]
    return {
        "rounds": last,
        "loops": loops,
        "memory_mb": memory,
        "floor": {"what": "SpiffWorkflow in memory, first round", "cpu_ms": summary(floor)},
        "ratio": max(loop["round_200_to_round_5"] for loop in loops.values()),
        "goal": {"round_200_to_round_5": 1.3, "ended": True},
    }


def _rounds(place: Workplace, process: str, last: int) -> dict[str, Any]:
    """One case, `last` rounds. Only the completion is measured, not the claim before it."""
    case_id = place.start(process)
    cpu: list[float] = []
    for number in progress(range(1, last + 1), process):
        command = CompleteTask(task_id=place.claimed_task(case_id), answers={"again": number < last})
        cpu.append(cpu_ms(lambda command=command: place.engine.run(command, actor=place.hr)))
    early, late = _window(cpu, EARLY), _window(cpu, LATE)
    return {
        "round_5_cpu_ms": early,
        "round_200_cpu_ms": late,
        f"round_{last}_cpu_ms": _window(cpu, last - WINDOW),
        "round_200_to_round_5": ratio(late, early),
        "ended": _status(place, case_id) == "completed",
    }


def _window(cpu: list[float], start: int) -> float:
    """The median of some rounds from `start` on: single rounds are noise."""
    return summary(cpu[start : start + WINDOW])["p50"]


def _status(place: Workplace, case_id: str) -> str:
    engine = place.engine
    with engine.reading() as session:
        return case_file(session, SYSTEM, case_id, catalogue=engine.catalogue, now=engine.now()).case.status

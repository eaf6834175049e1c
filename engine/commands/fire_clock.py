from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Conflict, NotFound
from engine.model import Clock
from engine.model.case import CaseStatus
from engine.model.clock import ClockNotRunning
from engine.progress import moving
from engine.work import Work


class ClockNotFound(NotFound):
    """There is no such clock."""


class ClockNotDue(Conflict):
    """The clock has not run out yet."""


@dataclass(frozen=True, kw_only=True)
class FireClock(Command[None]):
    """A deadline has passed: remember it, and let the case take the path drawn for that."""

    is_recorded_when_refused: ClassVar[bool] = False

    clock_id: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(case_of_clock(work, self.clock_id), clocks_first=False)
        clock = folder.clock(self.clock_id)
        if clock is None or folder.case.status != CaseStatus.RUNNING:
            raise ClockNotRunning()
        if clock.due_at > work.now:
            raise ClockNotDue(due_on=clock.due_on.isoformat())
        clock.fire(at=work.now)
        folder.clocks.remove(clock)
        folder.record("clock_fired", element_id=clock.element_id, task_id=clock.task_id, details=_facts(clock))
        if clock.step_id is not None:
            with moving(folder, by_person=False) as run:
                run.fire(clock.step_id, again=_next_round(clock))
        work.enqueue("notify_clock", {"clock_id": clock.id, "kind": "clock_fired"}, dedupe=f"clock_fired:{clock.id}")
        _tell(folder, clock)


def _next_round(clock: Clock) -> Mapping[str, Any] | None:
    """What a clock that repeats itself tells its next round; None after the last."""
    told = clock.basis.get("cycle")
    return told if told and told["left"] != 0 else None


def _tell(folder: CaseWork, clock: Clock) -> None:
    """Whom the rule names hears of the lapse, whoever had the task."""
    rule = folder.rules.clocks.get(clock.rule or "")
    names = clock.basis["name"]
    params = {"clock": names["zh"], "clock_en": names["en"], "due": clock.due_on.isoformat()}
    for audience in rule.tell if rule else ():
        facts = {"case_id": folder.case.id, "audience": audience, "kind": "clock_fired", "params": params}
        folder.work.enqueue("notify_audience", facts, dedupe=f"clock_fired:{clock.id}:{audience}")


def case_of_clock(work: Work, clock_id: str) -> str:
    case_id = work.session.scalar(select(Clock.case_id).where(Clock.id == clock_id))
    if case_id is None:
        raise ClockNotFound()
    return case_id


def _facts(clock: Clock) -> dict[str, Any]:
    effect = (clock.basis.get("effect") or {}).get("zh")
    return {"clock": clock.id, "rule": clock.rule, "due_on": clock.due_on.isoformat(), "effect": effect}

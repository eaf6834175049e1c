from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.case_work import CaseWork
from engine.command import Command
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, Completion
from engine.model import Person, SpotCode, UserTask
from engine.spot_codes import SpotPlace, WrongSpotCode, code_row, must_be_the_other_side
from engine.work import TaskNotFound, Work


@dataclass(frozen=True, kw_only=True)
class ConfirmOnTheSpot(Command[Completion]):
    """Do the task that a code stands for, which somebody shows you on the spot; the code is used up by this.

    It is the act of whoever uses the code under their own login: the task must be theirs, or offered to them. The
    place is remembered when they agree to tell it.
    """

    code: str = field(repr=False)
    answers: Mapping[str, Any]
    place: SpotPlace | None = None

    def execute(self, work: Work) -> Completion:
        folder, task = _opened(work, self.code)
        row = code_row(work.session, self.code)  # as it is under the lock of the case
        row.must_be_good(at=work.now)
        folder.case.must_be_running()
        must_be_the_other_side(row, folder.case, work.actor)
        if task.assignee_id != work.actor.person_id:
            ClaimTask(task_id=task.id).execute(work)
        done = CompleteTask(task_id=task.id, answers=self.answers).execute(work)
        row.use(by=work.actor.person_id, at=work.now)
        folder.record(
            "confirmed_on_the_spot", element_id=task.element_id, task_id=task.id, details=_facts(work, row, self.place)
        )
        return done

    def keep(self, result: Completion) -> Any:
        return CompleteTask(task_id="", answers={}).keep(result)

    def revive(self, kept: Any) -> Completion:
        return CompleteTask(task_id="", answers={}).revive(kept)


def _opened(work: Work, code: str) -> tuple[CaseWork, UserTask]:
    """Who may not see the task learns nothing of the code. Raises WrongSpotCode."""
    try:
        return work.lock_task(code_row(work.session, code).task_id)
    except TaskNotFound:
        raise WrongSpotCode() from None


def _facts(work: Work, row: SpotCode, place: SpotPlace | None) -> dict[str, Any]:
    """Who showed it and when, how it was confirmed, and where, if that was told."""
    shown_by = work.session.get_one(Person, row.shown_by_id)
    facts: dict[str, Any] = {"shown_by": shown_by.username, "shown_at": row.issued_at.isoformat(), "by": "spot_code"}
    return facts | ({"place": asdict(place)} if place else {})

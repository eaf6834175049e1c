from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.command import Command
from engine.commands.issue_invitations import CodesGivenBefore
from engine.errors import NotAllowed
from engine.returning.trying import run_of
from engine.spot_codes import issue, showers
from engine.work import Work


class NotForTheSpot(NotAllowed):
    """For this task nobody shows a code, or somebody else does."""


@dataclass(frozen=True)
class ShownCode:
    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShowSpotCode(Command[ShownCode]):
    """Show a code with which those whose task it is confirm on the spot, on their own device; good once, ten minutes.

    It is in the answer and nowhere else; a newer code replaces it.
    """

    task_id: str

    def execute(self, work: Work) -> ShownCode:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_open()
        with folder.at(run_of(folder).words_at(task.step_id)):
            named = showers(folder.bundle.process.elements.get(task.element_id), folder.words)
        if work.actor.username not in named:
            raise NotForTheSpot()
        code, until = issue(work.session, task.id, by=work.actor.person_id, at=work.now)
        facts = {"expires_at": until.isoformat()}
        folder.record("spot_code_shown", element_id=task.element_id, task_id=task.id, details=facts)
        return ShownCode(code, until)

    def keep(self, result: ShownCode) -> Any:
        return 1

    def revive(self, kept: Any) -> ShownCode:
        raise CodesGivenBefore(count=kept)

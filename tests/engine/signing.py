"""Asking others to sign a task of the small process, and signing it."""

from dataclasses import dataclass
from typing import Any

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.complete_task import CompleteTask
from engine.commands.do_job import DoJob
from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.sign_task import SignTask
from engine.model import Cosignature, Job, Notice, UserTask
from tests.engine.conftest import Visits

PLAN = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}


@dataclass
class Signing:
    """A plan for a visit that `hr` makes and others sign; `task` is theirs."""

    visits: Visits
    case_id: str
    task: UserTask

    @classmethod
    def begin(cls, visits: Visits, by: str = "hr") -> "Signing":
        case_id = visits.start()
        return cls(visits, case_id, visits.take(case_id, "plan_visit", by))

    def ask(self, *to: str, mode: str = "parallel", by: str = "hr", **more: Any) -> int:
        return self.visits.city.run(AskCosigners(task_id=self.task.id, to=to, mode=mode, **more), by=by)

    def remove(self, signer: str, *, by: str = "hr", reason: str = "另请他人", **more: Any) -> None:
        command = RemoveCosigner(task_id=self.task.id, signer=signer, reason=reason, **more)
        self.visits.city.run(command, by=by)

    def asked(self, username: str) -> UserTask:
        """The open task with which somebody is asked to sign."""
        me = self.visits.city.actor(username).person_id
        (task,) = [t for t in self.visits.city.tasks(self.case_id) if t.principal_id and t.assignee_id == me]
        return task

    def sign(self, username: str, verdict: str = "agree", opinion: str = "") -> None:
        command = SignTask(task_id=self.asked(username).id, verdict=verdict, opinion=opinion)
        self.visits.city.run(command, by=username)

    def hand_in(self, by: str = "hr", **answers: Any) -> Any:
        return self.visits.city.run(CompleteTask(task_id=self.task.id, answers={**PLAN, **answers}), by=by)

    def now(self) -> UserTask:
        (task,) = self.visits.city.rows(UserTask, UserTask.id == self.task.id)
        return task

    def states(self) -> dict[str, list[str]]:
        """What became of each request, in its order, by who was asked."""
        rows = self.visits.city.rows(Cosignature, Cosignature.principal_id == self.task.id)
        names = {self.visits.city.actor(name).person_id: name for name in _PEOPLE}
        found: dict[str, list[str]] = {}
        for row in sorted(rows, key=lambda row: (row.asked_at, row.is_awaited)):
            found.setdefault(names[row.person_id], []).append(row.state)
        return found

    def notices(self, username: str) -> list[str]:
        """The kinds of what somebody was told, in their order."""
        for job in self.visits.city.rows(Job, Job.kind == "notify_cosigning", Job.state != "done"):
            self.visits.city.run(DoJob(job_id=job.id), by="system")
        me = self.visits.city.actor(username).person_id
        found = self.visits.city.rows(Notice, Notice.person_id == me, Notice.kind.startswith("cosign"))
        return [n.kind for n in found]


_PEOPLE = ("hr", "boss", "chair", "town_union", "union", "guide", "hrss")

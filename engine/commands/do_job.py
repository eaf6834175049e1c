from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.errors import Conflict
from engine.jobs import KINDS
from engine.model import Job
from engine.model.job import JobState
from engine.work import Work

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)


class JobKindUnknown(Conflict):
    """This version of the program does not know such a job; a newer worker may."""


@dataclass(frozen=True, kw_only=True)
class DoJob(Command[bool]):
    """Do one row of the outbox; effect and mark are one transaction, so a second delivery finds it done."""

    is_recorded_when_refused: ClassVar[bool] = False

    job_id: str

    def execute(self, work: Work) -> bool:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        job = work.session.get(Job, self.job_id, with_for_update=True)
        if job is None or job.state in (JobState.DONE, JobState.DEAD):
            return False
        if job.state == JobState.READY and job.due_at > work.now:
            return False  # it failed and rests; this bell is a late one
        if job.kind not in KINDS:
            raise JobKindUnknown(kind=job.kind)
        KINDS[job.kind](work, {**job.args, "job_id": job.id})
        job.state, job.attempts, job.lease_until = JobState.DONE, job.attempts + 1, None
        return True


@dataclass(frozen=True, kw_only=True)
class FinishJob(Command[None]):
    """Note that an errand of the outbox is done."""

    is_recorded_when_refused: ClassVar[bool] = False

    job_id: str

    def execute(self, work: Work) -> None:
        job = work.session.get(Job, self.job_id, with_for_update=True)
        if job is not None and job.state not in (JobState.DONE, JobState.DEAD):
            job.state, job.attempts, job.lease_until = JobState.DONE, job.attempts + 1, None


@dataclass(frozen=True, kw_only=True)
class FailJob(Command[None]):
    """Note that a job failed: try again later, each time after twice the pause, and give up after eight times."""

    is_recorded_when_refused: ClassVar[bool] = False

    job_id: str
    error: str

    def execute(self, work: Work) -> None:
        job = work.session.get(Job, self.job_id, with_for_update=True)
        if job is None or job.state in (JobState.DONE, JobState.DEAD):
            return
        job.attempts, job.last_error = job.attempts + 1, self.error[:1000]
        job.state = JobState.DEAD if job.attempts >= MOST_ATTEMPTS else JobState.READY
        job.due_at, job.lease_until = work.now + FIRST_PAUSE * 2 ** (job.attempts - 1), None
        if job.state == JobState.DEAD:
            work.record("job_given_up", details={"job": job.id, "kind": job.kind})

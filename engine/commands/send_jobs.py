from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import and_, or_, select

from engine.command import Command
from engine.model import Job
from engine.model.job import JobState
from engine.work import Work

LEASE = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class SendJobs(Command[tuple[str, ...]]):
    """Take due jobs, and those whose worker did not come back, under a lease; gives their ids to ring the bell for."""

    is_recorded_when_refused: ClassVar[bool] = False

    limit: int = 200

    def execute(self, work: Work) -> tuple[str, ...]:
        due = and_(Job.state == JobState.READY, Job.due_at <= work.now)
        lost = and_(Job.state == JobState.SENT, Job.lease_until < work.now)
        query = select(Job).where(or_(due, lost)).order_by(Job.due_at, Job.id).limit(self.limit)
        jobs = work.session.scalars(query.with_for_update(skip_locked=True)).all()
        for job in jobs:
            job.state, job.lease_until = JobState.SENT, work.now + LEASE
        return tuple(job.id for job in jobs)

"""Of an order that a worker carries out row by row: which one a job is for, and in whose name."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.actor import Actor
from engine.model import Job, Person
from engine.model.job import JobState
from engine.standing_in import acting


def order_of_job(session: Session, job_id: str, *, kind: str, named: str) -> str | None:
    """The id that the job has under `named`; None for jobs of other kinds and for one that is done."""
    job = session.get(Job, job_id)
    if job is None or job.kind != kind or job.state in (JobState.DONE, JobState.DEAD):
        return None
    return str(job.args[named])


def who_ordered(session: Session, person_id: str, *, today: date) -> Actor | None:
    """None when they have left."""
    who = select(Person).where(Person.id == person_id, Person.left_at.is_(None))
    person = session.scalars(who.options(selectinload(Person.memberships))).first()
    return acting(session, person, today=today) if person else None

"""What the passing of time asks for."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.experts import experts_to_let_go, experts_to_warn_of
from engine.model import (
    Case,
    Clock,
    ComingMembership,
    Expert,
    GroupMembership,
    IncomingMessage,
    Job,
    MessageWait,
    Seal,
    StandIn,
    UserTask,
)
from engine.model.case import CaseStatus
from engine.model.clock import ClockState
from engine.model.job import JobState
from engine.model.message import MessageState
from engine.model.user_task import TaskState
from engine.standing_in import in_force


def due_clocks(
    session: Session, *, now: datetime, limit: int, without: Collection[str] = ()
) -> list[tuple[str, datetime]]:
    """(id, due_at) of clocks of running cases that have run out, the earliest first."""
    query = select(Clock.id, Clock.due_at).join(Case, Case.id == Clock.case_id)
    query = query.where(Clock.state == ClockState.RUNNING, Clock.due_at <= now, Case.status == CaseStatus.RUNNING)
    query = query.where(Clock.id.not_in(without)) if without else query
    return [(id_, due_at) for id_, due_at in session.execute(query.order_by(Clock.due_at, Clock.id).limit(limit))]


def clocks_to_remind(session: Session, *, now: datetime, limit: int) -> list[str]:
    query = select(Clock.id).where(Clock.state == ClockState.RUNNING, Clock.remind_at <= now)
    return list(session.scalars(query.order_by(Clock.remind_at).limit(limit)))


def clocks_to_resume(session: Session, *, today: date, limit: int) -> list[str]:
    """Paused clocks whose pause is over."""
    query = select(Clock.id).where(Clock.state == ClockState.PAUSED, Clock.paused_until <= today)
    return list(session.scalars(query.order_by(Clock.id).limit(limit)))


def are_memberships_due(session: Session, *, today: date) -> bool:
    """Whether a membership is to begin or to end."""
    over = exists().where(GroupMembership.ends_on < today)
    begins = exists().where(ComingMembership.starts_on <= today)
    return bool(session.scalar(select(over | begins)))


def are_stand_ins_over(session: Session, *, today: date) -> bool:
    """Whether somebody still holds a task for a person who is not away any more."""
    still = select(StandIn.id).where(
        StandIn.person_id == UserTask.on_behalf_of_id,
        StandIn.stand_in_id == UserTask.assignee_id,
        in_force(today),
    )
    held = (UserTask.on_behalf_of_id.is_not(None), UserTask.state == TaskState.CLAIMED, ~still.exists())
    return bool(session.scalar(select(exists().where(*held))))


def are_experts_ending(session: Session, *, today: date) -> bool:
    """Whether licence or term of an expert ends soon, or is over, and nobody was told; the register is small."""
    concerned = experts_to_warn_of(session, today) | experts_to_let_go(today)
    return bool(session.scalar(select(exists(select(Expert.person_id).where(concerned)))))


def kept_messages(session: Session, *, now: datetime, limit: int) -> list[str]:
    """Messages that are kept although a case waits for them: both were written at the same moment."""
    kept = select(IncomingMessage.message_id).join(
        MessageWait, (MessageWait.name == IncomingMessage.name) & (MessageWait.key == IncomingMessage.key)
    )
    live = (IncomingMessage.state == MessageState.BUFFERED, IncomingMessage.expires_at > now)
    return list(session.scalars(kept.where(*live).order_by(IncomingMessage.received_at).limit(limit)))


def last_seal(session: Session) -> datetime | None:
    return session.scalars(select(Seal.at).order_by(Seal.number.desc()).limit(1)).first()


def oldest_waiting_job(session: Session) -> datetime | None:
    """When the oldest job that is not done became due; None when the outbox is empty."""
    query = select(Job.due_at).where(Job.state.in_((JobState.READY, JobState.SENT)))
    return session.scalars(query.order_by(Job.due_at).limit(1)).first()


def job_to_do(session: Session, job_id: str, *, now: datetime) -> tuple[str, Mapping[str, Any]] | None:
    """(kind, arguments) of a job that is neither done nor at rest after a failure."""
    query = select(Job).where(Job.id == job_id, Job.state.in_((JobState.READY, JobState.SENT)))
    job = session.scalars(query).first()
    if job is None or (job.state == JobState.READY and job.due_at > now):
        return None
    return job.kind, job.args

"""The ballots of a case: what was put to the vote, when, and how far it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Ballot
from engine.queries.seeing import visible_case


@dataclass(frozen=True, kw_only=True)
class CaseBallotRow:
    id: str
    title: str
    mode: str
    state: str
    opened_at: datetime
    closes_at: datetime
    abort_reason: str | None


def case_ballots(session: Session, actor: Actor, case_id: str) -> tuple[CaseBallotRow, ...]:
    """The newest first. Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    found = session.scalars(
        select(Ballot).where(Ballot.case_id == case.id).order_by(Ballot.opened_at.desc(), Ballot.id)
    )
    return tuple(
        CaseBallotRow(
            id=b.id,
            title=b.title,
            mode=b.mode,
            state=b.state,
            opened_at=b.opened_at,
            closes_at=b.closes_at,
            abort_reason=b.abort_reason,
        )
        for b in found
    )

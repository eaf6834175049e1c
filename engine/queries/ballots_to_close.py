"""The ballots that wait for one scrutineer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import confirmations
from engine.model import Ballot, Case, Organisation
from engine.model.ballot import BallotState

_MOST = 20


@dataclass(frozen=True, kw_only=True)
class BallotToClose:
    """`is_due`: voters can vote no more, so it is to be closed; `has_confirmed`: another scrutineer is awaited."""

    id: str
    title: str
    case_number: str
    enterprise: str | None
    closes_at: datetime
    is_due: bool
    has_confirmed: bool


def ballots_to_close(session: Session, actor: Actor, *, now: datetime) -> tuple[BallotToClose, ...]:
    """Those that are open or stopped, by the time they close."""
    query = (
        select(Ballot, Case.number, Organisation.name)
        .join(Case, Case.id == Ballot.case_id)
        .outerjoin(Organisation, Organisation.id == Case.enterprise_id)
        .where(Ballot.state.in_((BallotState.OPEN, BallotState.STOPPED)))
        .where(type_coerce(Ballot.scrutineers, Text).contains(f'"{actor.person_id}"', autoescape=True))
        .order_by(Ballot.closes_at, Ballot.id)
    )
    return tuple(
        BallotToClose(
            id=ballot.id,
            title=ballot.title,
            case_number=number,
            enterprise=enterprise,
            closes_at=ballot.closes_at,
            is_due=not ballot.takes_votes(at=now),
            has_confirmed=_has_confirmed(session, ballot, actor),
        )
        for ballot, number, enterprise in session.execute(query.limit(_MOST))
    )


def _has_confirmed(session: Session, ballot: Ballot, actor: Actor) -> bool:
    return any(c.person_id == actor.person_id and c.doubts is None for c in confirmations(session, ballot.id))

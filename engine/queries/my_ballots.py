"""The ballots in which one person may vote, and those just counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Ballot, BallotRollEntry, BallotSignature, BallotTicket, Case, Organisation
from engine.model.ballot import BallotState

COUNTED_LATELY = timedelta(days=14)
_MOST = 20
_TAKEN = (BallotTicket.person_id, BallotSignature.person_id)


@dataclass(frozen=True, kw_only=True)
class VoterBallot:
    """Whether this person has a ticket is all that anybody knows; whether the vote was cast, nobody does."""

    id: str
    title: str
    state: str
    case_id: str
    case_number: str
    enterprise: str | None
    closes_at: datetime
    has_ticket: bool
    on_paper: bool
    kind: str
    has_signed: bool


def ballots_of_voter(
    session: Session, actor: Actor, *, now: datetime, case_id: str | None = None
) -> tuple[VoterBallot, ...]:
    """Open ones by the time they close, then those counted in the last fourteen days."""
    has_ticket = (BallotTicket.ballot_id == Ballot.id) & (BallotTicket.person_id == actor.person_id)
    has_signed = (BallotSignature.ballot_id == Ballot.id) & (BallotSignature.person_id == actor.person_id)
    is_open = and_(Ballot.state == BallotState.OPEN, Ballot.closes_at > now)
    is_new = and_(Ballot.state == BallotState.COUNTED, Ballot.ended_at > now - COUNTED_LATELY)
    query = (
        select(Ballot, Case.number, Organisation.name, BallotRollEntry.on_paper, *_TAKEN)
        .join(BallotRollEntry, BallotRollEntry.ballot_id == Ballot.id)
        .join(Case, Case.id == Ballot.case_id)
        .outerjoin(Organisation, Organisation.id == Case.enterprise_id)
        .outerjoin(BallotTicket, has_ticket)
        .outerjoin(BallotSignature, has_signed)
        .where(BallotRollEntry.person_id == actor.person_id, or_(is_open, is_new))
        .order_by(is_open.desc(), Ballot.closes_at, Ballot.id)
    )
    query = query.where(Ballot.case_id == case_id) if case_id else query
    return tuple(
        VoterBallot(
            id=ballot.id,
            title=ballot.title,
            state=ballot.state,
            case_id=ballot.case_id,
            case_number=number,
            enterprise=enterprise,
            closes_at=ballot.closes_at,
            has_ticket=ticket is not None,
            on_paper=on_paper,
            kind=ballot.kind,
            has_signed=signature is not None,
        )
        for ballot, number, enterprise, on_paper, ticket, signature in session.execute(query.limit(_MOST))
    )

"""Who has signed a demand: the opposite of a secret vote, so it shares the roll with the ballots and nothing else."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict
from engine.model.ballot_signature import BallotSignature


class AlreadySigned(Conflict):
    """You have signed this demand before; a signature counts once."""


class NotSigned(Conflict):
    """You have not signed this demand, or have withdrawn your signature before."""


def sign(session: Session, ballot_id: str, person_id: str) -> None:
    """Raises AlreadySigned."""
    if has_signed(session, ballot_id, person_id):
        raise AlreadySigned()
    session.add(BallotSignature(ballot_id=ballot_id, person_id=person_id))
    session.flush()


def withdraw(session: Session, ballot_id: str, person_id: str) -> None:
    """Nothing is left of it. Raises NotSigned."""
    known = session.get(BallotSignature, (ballot_id, person_id))
    if known is None:
        raise NotSigned()
    session.delete(known)
    session.flush()


def has_signed(session: Session, ballot_id: str, person_id: str) -> bool:
    return session.get(BallotSignature, (ballot_id, person_id)) is not None


def number_of(session: Session, ballot_id: str) -> int:
    query = select(func.count()).select_from(BallotSignature)
    return session.scalar(query.where(BallotSignature.ballot_id == ballot_id)) or 0


def forget(session: Session, ballot_id: str) -> None:
    session.execute(delete(BallotSignature).where(BallotSignature.ballot_id == ballot_id))

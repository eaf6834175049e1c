"""Who may vote, and who took part: the only module that joins a ballot with persons."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from engine.audit import digest
from engine.ballots.tally import Turnout
from engine.errors import Conflict, NotAllowed
from engine.model.ballot_roll import BallotRollEntry, BallotTicket


class NotOnTheRoll(NotAllowed):
    """Only those on the roll of this ballot may vote; the roll was frozen when it opened."""


class VotesOnPaper(Conflict):
    """This person was given a paper ballot and cannot vote online too."""


class VotesOnline(Conflict):
    """This person took a ticket for the online vote and cannot be given a paper ballot too."""


@dataclass(frozen=True)
class FrozenRoll:
    """`hash` covers the usernames and the salt, without which nobody can guess who is on the roll."""

    salt: str
    hash: str


def frozen(ballot_id: str, usernames: Collection[str]) -> FrozenRoll:
    salt = secrets.token_hex(32)
    return FrozenRoll(salt, roll_hash(ballot_id, usernames, salt=salt))


def roll_hash(ballot_id: str, usernames: Collection[str], *, salt: str) -> str:
    return digest({"ballot": ballot_id, "salt": salt, "voters": sorted(usernames)})


def write_roll(session: Session, ballot_id: str, person_ids: Collection[str]) -> None:
    session.add_all(BallotRollEntry(ballot_id=ballot_id, person_id=person_id) for person_id in person_ids)


def entry_of(session: Session, ballot_id: str, person_id: str) -> BallotRollEntry:
    """The person's entry, locked: ticket and paper take turns. Raises NotOnTheRoll."""
    entry = session.get(BallotRollEntry, (ballot_id, person_id), with_for_update=True)
    if entry is None:
        raise NotOnTheRoll()
    return entry


def ticket_of(session: Session, ballot_id: str, person_id: str) -> BallotTicket | None:
    return session.get(BallotTicket, (ballot_id, person_id))


def turnout(session: Session, ballot_id: str, *, seats: int) -> Turnout:
    """How many took a ticket or a paper ballot; who has voted is nowhere."""
    tickets = select(func.count()).select_from(BallotTicket).where(BallotTicket.ballot_id == ballot_id)
    papers = select(func.count()).select_from(BallotRollEntry)
    on_paper = papers.where(BallotRollEntry.ballot_id == ballot_id, BallotRollEntry.on_paper)
    return Turnout(seats, tickets=session.scalar(tickets) or 0, papers=session.scalar(on_paper) or 0)


def absent(session: Session, ballot_id: str, *, begin: str, end: str | None) -> list[str]:
    """Person ids from `begin` up to `end` that have neither a ticket nor a paper ballot."""
    mine = (BallotTicket.ballot_id == ballot_id, BallotTicket.person_id == BallotRollEntry.person_id)
    query = select(BallotRollEntry.person_id).where(
        BallotRollEntry.ballot_id == ballot_id,
        BallotRollEntry.on_paper.is_(False),
        BallotRollEntry.person_id >= begin,
        ~exists().where(*mine),
    )
    return list(session.scalars(query if end is None else query.where(BallotRollEntry.person_id < end)))

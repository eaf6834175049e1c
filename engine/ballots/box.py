"""The ballot box: papers without person, time or address, kept so that their order is lost.

Each tray is one value, sorted by the papers' numbers and written anew as a whole; its row is the lock under which a
vote is put in, and closing the ballot takes the locks of all trays. This module knows neither persons nor the roll.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.orm import Session

from engine.ballots.tickets import KEY_BITS
from engine.ballots.votes import KEY_BYTES, PROOF_BYTES, SEAL_OVERHEAD, Vote
from engine.errors import Conflict
from engine.model.ballot_tray import BallotTray

PAPERS_A_TRAY = 64
# Built once: putting a statement together costs more than running it.
_LOCKED = (
    select(BallotTray.papers)
    .where(BallotTray.ballot_id == bindparam("ballot_id"), BallotTray.place == bindparam("place"))
    .with_for_update()
)
_WRITTEN = (
    update(BallotTray.__table__)  # type: ignore[arg-type]
    .where(
        BallotTray.__table__.c.ballot_id == bindparam("of_ballot"),
        BallotTray.__table__.c.place == bindparam("at_place"),
    )
    .values(papers=bindparam("papers"))
)
TOKEN_BYTES = KEY_BITS // 8


class AlreadyCast(Conflict):
    """This ticket was used for another vote; the first one stands."""


def tray_count(seats: int) -> int:
    """As few as possible: only the last paper put into a tray can be narrowed down to those of the tray."""
    return max(1, round(seats / PAPERS_A_TRAY))


def make_trays(session: Session, ballot_id: str, *, trays: int) -> None:
    session.add_all(BallotTray(ballot_id=ballot_id, place=place, papers=b"") for place in range(trays))


@dataclass(frozen=True)
class Tray:
    """A tray under its lock."""

    ballot_id: str
    place: int
    papers: tuple[Vote, ...]

    def has(self, vote: Vote) -> bool:
        """Whether this very vote is in it. Raises AlreadyCast when another one of the same key is."""
        same_key = [paper for paper in self.papers if paper.key == vote.key]
        if same_key and same_key != [vote]:
            raise AlreadyCast()
        return bool(same_key)


def open_tray(connection: Connection, ballot_id: str, vote: Vote, *, trays: int, choice_size: int) -> Tray | None:
    """The tray that this vote belongs to, locked; None when the box is gone (the ballot was aborted)."""
    place = int(vote.number[:8], 16) % trays
    packed = connection.scalar(_LOCKED, {"ballot_id": ballot_id, "place": place})
    return None if packed is None else Tray(ballot_id, place, tuple(_papers(packed, choice_size)))


def put(connection: Connection, tray: Tray, vote: Vote) -> None:
    """Into its place among the others; the whole value is new."""
    papers = sorted([*tray.papers, vote], key=lambda paper: paper.number)
    packed = b"".join(_packed(paper) for paper in papers)
    connection.execute(_WRITTEN, {"of_ballot": tray.ballot_id, "at_place": tray.place, "papers": packed})


def lock_box(session: Session, ballot_id: str) -> None:
    """Wait for every vote that is being put in, and let no other in until this transaction ends."""
    trays = select(BallotTray.place).where(BallotTray.ballot_id == ballot_id).order_by(BallotTray.place)
    session.execute(trays.with_for_update()).all()


def papers_of(session: Session, ballot_id: str, *, choice_size: int) -> Iterator[Vote]:
    """All papers by number, one tray after the other in memory."""
    trays = select(BallotTray.papers).where(BallotTray.ballot_id == ballot_id)
    sorted_trays = [_papers(papers, choice_size) for papers in session.scalars(trays)]
    return heapq.merge(*sorted_trays, key=lambda paper: paper.number)


def empty(session: Session, ballot_id: str) -> None:
    """Throw the box away, unread."""
    session.execute(delete(BallotTray).where(BallotTray.ballot_id == ballot_id))


def _packed(vote: Vote) -> bytes:
    return vote.key + vote.token + vote.proof + vote.sealed


def _papers(packed: bytes, choice_size: int) -> Iterator[Vote]:
    """What somebody has cut is a paper with parts too short, which nobody will find genuine."""
    ends = (KEY_BYTES, KEY_BYTES + TOKEN_BYTES, KEY_BYTES + TOKEN_BYTES + PROOF_BYTES)
    width = ends[-1] + choice_size + SEAL_OVERHEAD
    for start in range(0, len(packed), width):
        paper = packed[start : start + width]
        key, token = paper[: ends[0]], paper[ends[0] : ends[1]]
        yield Vote(key=key, token=token, proof=paper[ends[1] : ends[2]], sealed=paper[ends[2] :])

"""A ballot as one person may see it: never a count by choice before it is counted, never who voted."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.balloting import visible_ballot
from engine.ballots import roll
from engine.ballots.board import board_lines
from engine.ballots.box import papers_of
from engine.ballots.rule import BallotRule
from engine.ballots.safe import KeySafe
from engine.errors import Conflict
from engine.model import Ballot, BallotRollEntry, Case, Organisation
from engine.model.ballot import BallotState
from engine.queries.seeing import may_see_case


class BallotNotCounted(Conflict):
    """There is no board before the ballot was closed and counted."""


@dataclass(frozen=True, kw_only=True)
class MyPart:
    """What this person has to do with the ballot; that one voted is known to the voter's own computer only."""

    on_roll: bool
    has_ticket: bool
    on_paper: bool
    is_scrutineer: bool


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many took part, towards the quorum."""

    present: int
    needed: int
    met: bool


@dataclass(frozen=True, kw_only=True)
class BallotFile:
    """`progress` is None while the rule hides it; `result` is None before the count. Keys are in base64.

    `receipt_key` verifies the signatures of receipts and of the board's end; `sees_case` is whether the case is this
    person's to see, too.
    """

    id: str
    case_id: str
    case_number: str
    enterprise: str | None
    sees_case: bool
    title: str
    mode: str
    state: str
    motions: Sequence[Mapping[str, Any]]
    rule: Mapping[str, Any]
    seats: int
    roll_sha256: str
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    ticket_key: str
    seal_key: str
    receipt_key: str
    choice_size: int
    me: MyPart
    progress: Progress | None
    result: Mapping[str, Any] | None
    abort_reason: str | None


def ballot_file(session: Session, actor: Actor, ballot_id: str, *, safe: KeySafe) -> BallotFile:
    """Raises BallotNotFound."""
    ballot = visible_ballot(session, actor, ballot_id)
    me, case = my_part(session, actor, ballot), session.get_one(Case, ballot.case_id)
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    return BallotFile(
        id=ballot.id,
        case_id=ballot.case_id,
        case_number=case.number,
        enterprise=enterprise.name if enterprise else None,
        sees_case=bool(session.scalar(select(Case.id).where(Case.id == case.id, may_see_case(actor)))),
        title=ballot.title,
        mode=ballot.mode,
        state=ballot.state,
        motions=ballot.motions,
        rule=ballot.rule,
        seats=ballot.seats,
        roll_sha256=ballot.roll_hash,
        opened_at=ballot.opened_at,
        closes_at=ballot.closes_at,
        ended_at=ballot.ended_at,
        ticket_key=base64.b64encode(ballot.ticket_key).decode(),
        seal_key=base64.b64encode(ballot.seal_key).decode(),
        receipt_key=base64.b64encode(safe.signer().public_key().public_bytes_raw()).decode(),
        choice_size=ballot.choice_size,
        me=me,
        progress=progress_of(session, ballot) if ballot.rule["shows_turnout"] or me.is_scrutineer else None,
        result=ballot.result,
        abort_reason=ballot.abort_reason,
    )


def published_board(session: Session, actor: Actor, ballot_id: str) -> bytes:
    """The board as a file (docs/ballot-format.md). Raises BallotNotFound and BallotNotCounted."""
    ballot = visible_ballot(session, actor, ballot_id)
    if ballot.state != BallotState.COUNTED:
        raise BallotNotCounted(state=ballot.state)
    papers = papers_of(session, ballot.id, choice_size=ballot.choice_size)
    return b"".join(board_lines(ballot, papers, case_number=session.get_one(Case, ballot.case_id).number))


def my_part(session: Session, actor: Actor, ballot: Ballot) -> MyPart:
    entry = session.get(BallotRollEntry, (ballot.id, actor.person_id))
    return MyPart(
        on_roll=entry is not None,
        has_ticket=roll.ticket_of(session, ballot.id, actor.person_id) is not None,
        on_paper=entry is not None and entry.on_paper,
        is_scrutineer=actor.person_id in ballot.scrutineers,
    )


def progress_of(session: Session, ballot: Ballot) -> Progress:
    """From the roll alone: the box is not looked into."""
    quorum = BallotRule.from_json(ballot.rule).quorum_of(
        present=roll.turnout(session, ballot.id, seats=ballot.seats).present, seats=ballot.seats
    )
    return Progress(present=quorum["count"], needed=quorum["needed"], met=quorum["met"])

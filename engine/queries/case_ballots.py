"""The ballots of a case: what was put to the vote, when, how far it is, and what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Ballot
from engine.model.ballot import BallotKind, BallotState
from engine.queries.ballots import MyPart, Progress, my_part, progress_of
from engine.queries.seeing import visible_case


@dataclass(frozen=True, kw_only=True)
class CaseBallotRow:
    """`progress` is None once voting has ended, and while the rule hides it; `result` is None before the count."""

    id: str
    title: str
    mode: str
    state: str
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    min_cell: int
    seats: int
    me: MyPart
    progress: Progress | None
    result: Mapping[str, Any] | None
    abort_reason: str | None


def case_ballots(session: Session, actor: Actor, case_id: str) -> tuple[CaseBallotRow, ...]:
    """The newest first. Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    query = _of_case(case.id, BallotKind.VOTE)
    return tuple(_row(session, actor, ballot) for ballot in session.scalars(query))


def newest_gathering(session: Session, actor: Actor, case_id: str, kind: str) -> str | None:
    """The id of the newest survey or demand of a case. Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    return session.scalars(_of_case(case.id, kind).with_only_columns(Ballot.id)).first()


def _of_case(case_id: str, kind: str) -> Select[tuple[Ballot]]:
    query = select(Ballot).where(Ballot.case_id == case_id, Ballot.kind == kind)
    return query.order_by(Ballot.opened_at.desc(), Ballot.id)


def _row(session: Session, actor: Actor, ballot: Ballot) -> CaseBallotRow:
    me = my_part(session, actor, ballot)
    is_shown = ballot.state == BallotState.OPEN and (ballot.rule["shows_turnout"] or me.is_scrutineer)
    return CaseBallotRow(
        id=ballot.id,
        title=ballot.title,
        mode=ballot.mode,
        state=ballot.state,
        opened_at=ballot.opened_at,
        closes_at=ballot.closes_at,
        ended_at=ballot.ended_at,
        min_cell=ballot.rule["min_cell"],
        seats=ballot.seats,
        me=me,
        progress=progress_of(session, ballot) if is_shown else None,
        result=ballot.result,
        abort_reason=ballot.abort_reason,
    )

"""Requests that wait for the answer of an expert: whom they are offered to, in which round, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from engine.clockwork import NO_DEADLINE
from engine.model import Case, ExpertOffer, Person, UserTask
from engine.model.expert import Profession
from engine.model.expert_offer import OfferOutcome
from engine.queries.dispatch_board.recent import titles
from engine.queries.dispatch_board.scope import OWED, Board

MOST_SHOWN = 20
MOST_READ = 400


@dataclass(frozen=True, kw_only=True)
class WaitingOffer:
    """One profession of one request; `taken_by` is who is looking at it now. Reasons and conflicts stay in the file."""

    case_id: str
    number: str
    title: str
    town: str | None
    profession: str
    round: int
    asked: tuple[str, ...]
    offered_at: datetime
    until: datetime | None
    taken_by: str | None


@dataclass(frozen=True)
class WaitingOffers:
    """`cases` counts all requests with an offer that is out; `shown` are those that have waited longest."""

    cases: int
    shown: tuple[WaitingOffer, ...]


def waiting_offers(board: Board) -> WaitingOffers:
    live = (board.open_requests, *_OUT)
    counted = select(func.count(ExpertOffer.case_id.distinct())).join(Case, Case.id == ExpertOffer.case_id).where(*live)
    rows = _rows(board, live)
    return WaitingOffers(board.session.scalar(counted) or 0, tuple(_waiting(board, rows)))


def has_offer_out(profession: str | None = None) -> Any:
    """An SQL condition on `Case`: it waits for an answer, of this profession."""
    wanted = (ExpertOffer.profession == profession,) if profession else _OUT[:1]
    return exists().where(ExpertOffer.case_id == Case.id, *wanted, _OUT[1])


# With the professions named, the index of offers is read for those that are out, and not the offers of all years.
_OUT = (ExpertOffer.profession.in_(tuple(Profession)), ExpertOffer.outcome == OfferOutcome.OFFERED)


def _rows(board: Board, live: Iterable[Any]) -> list[Any]:
    query: Select[Any] = select(
        ExpertOffer.case_id, ExpertOffer.profession, ExpertOffer.round, ExpertOffer.offered_at, ExpertOffer.person_id,
        Person.name, Case.number, Case.title, Case.town,
    )  # fmt: skip
    query = query.join(Case, Case.id == ExpertOffer.case_id).join(Person, Person.id == ExpertOffer.person_id)
    query = query.where(*live).order_by(ExpertOffer.offered_at, ExpertOffer.case_id, ExpertOffer.rank)
    return list(board.session.execute(query.limit(MOST_READ)))


def _waiting(board: Board, rows: list[Any]) -> list[WaitingOffer]:
    together: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        together.setdefault((row.case_id, row.profession), []).append(row)
    shown = list(together.values())[:MOST_SHOWN]
    ids = {rows[0].case_id for rows in shown}
    tasks, named = _tasks(board, ids), titles(board.session, ids)
    return [_one(rows, tasks, named) for rows in shown]


def _one(rows: list[Any], tasks: dict[tuple[str, str], Any], named: dict[str, str]) -> WaitingOffer:
    first = rows[0]
    task = next((tasks[key] for row in rows if (key := (row.case_id, row.person_id)) in tasks), None)
    until = task.due_at if task is not None and task.due_at != NO_DEADLINE else None
    holder = next((row.name for row in rows if task is not None and row.person_id == task.assignee_id), None)
    return WaitingOffer(
        case_id=first.case_id, number=first.number, title=named.get(first.case_id, first.title), town=first.town,
        profession=first.profession, round=max(row.round for row in rows), asked=tuple(row.name for row in rows),
        offered_at=first.offered_at, until=until, taken_by=holder,
    )  # fmt: skip


def _tasks(board: Board, ids: set[str]) -> dict[tuple[str, str], Any]:
    """By case and person: the task with which somebody is asked by name."""
    query = select(UserTask.case_id, UserTask.due_at, UserTask.assignee_id, UserTask.candidate_users)
    query = query.where(UserTask.case_id.in_(ids), *OWED)
    rows = board.session.execute(query) if ids else ()
    return {(row.case_id, person): row for row in rows for person in row.candidate_users}

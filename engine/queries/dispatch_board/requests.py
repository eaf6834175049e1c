"""The requests behind a number of the board: the newest first, narrowed by what the address says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.clockwork import NO_DEADLINE
from engine.errors import NotFound
from engine.model import Case, UserTask
from engine.model.party import EXPERT, LEAD_EXPERT
from engine.queries.cases import case_rows
from engine.queries.dispatch_board.offers import has_offer_out
from engine.queries.dispatch_board.pace import COMPLEXITIES
from engine.queries.dispatch_board.period import period_figures, topic_requests
from engine.queries.dispatch_board.recent import titles
from engine.queries.dispatch_board.scope import OWED, Board, is_due_soon, is_late
from engine.queries.looking_up import people_by_username
from engine.queries.paging import Order, Page, counted, slice_of
from engine.queries.rows import CaseRow

_NEWEST = Order(Case.created_at, Case.id, is_descending=True)
DUES = ("late", "soon")


class TopicNotFound(NotFound):
    """This topic does not come up often any more."""


@dataclass(frozen=True, kw_only=True)
class BoardFilter:
    """`due` is late or soon; `waiting` is a profession or "any"; `closed` asks for those closed in the period.

    Without `closed`, `filed` and `topic` only open requests are listed.
    """

    stage: str | None = None
    town: str | None = None
    due: str | None = None
    waiting: str | None = None
    topic: str | None = None
    complexity: str | None = None
    closed: bool = False
    filed: bool = False


@dataclass(frozen=True)
class BoardRequest:
    """`due_at` is when the first of what somebody owes there falls due."""

    case: CaseRow
    title: str
    experts: tuple[str, ...]
    due_at: datetime | None


def board_requests(
    board: Board, filters: BoardFilter, *, cursor: str | None = None, limit: int = 40
) -> Page[BoardRequest]:
    """Raises TopicNotFound."""
    query = select(Case.created_at, Case.id).where(board.requests, *_conditions(board, filters))
    page = slice_of(board.session, query, _NEWEST, cursor=cursor, limit=limit)
    total, is_exact = counted(board.session, query)
    return Page(_rows(board, [row[1] for row in page.rows]), page.after, total, page.before, is_exact)


def _conditions(board: Board, filters: BoardFilter) -> Iterator[Any]:
    yield from _which(board, filters)
    if filters.stage:
        yield Case.stage == filters.stage
    if filters.town:
        yield Case.town == filters.town
    if filters.due in DUES:
        yield is_late(board) if filters.due == "late" else is_due_soon(board)
    if filters.waiting:
        yield has_offer_out(None if filters.waiting == "any" else filters.waiting)


def _which(board: Board, filters: BoardFilter) -> Iterator[Any]:
    if filters.topic:
        topics = topic_requests(board)
        if filters.topic not in topics:
            raise TopicNotFound(topic=filters.topic)
        yield Case.id.in_(topics[filters.topic])
    elif filters.closed:
        yield Case.closed_at >= board.since
        if filters.complexity in COMPLEXITIES:
            measured = period_figures(board).closed
            yield Case.id.in_([one.id for one in measured if one.complexity == filters.complexity])
    elif filters.filed:
        yield Case.created_at >= board.since
    else:
        yield Case.closed_at.is_(None)


def _rows(board: Board, ids: list[str]) -> tuple[BoardRequest, ...]:
    found = {one.id: one for one in board.session.scalars(select(Case).where(Case.id.in_(ids)))} if ids else {}
    rows = case_rows(board.session, [found[id_] for id_ in ids], catalogue=board.catalogue)
    named = titles(board.session, ids)
    experts = {row.id: [*row.parties.get(LEAD_EXPERT, ()), *row.parties.get(EXPERT, ())] for row in rows}
    names = people_by_username(board.session, {one for some in experts.values() for one in some})
    due = _first_due(board, ids)
    return tuple(
        BoardRequest(row, named.get(row.id, row.title), _listed(experts[row.id], names), due.get(row.id))
        for row in rows
    )


def _listed(usernames: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(one, one) for one in usernames))


def _first_due(board: Board, ids: list[str]) -> dict[str, datetime]:
    query = select(UserTask.case_id, func.min(UserTask.due_at)).where(UserTask.case_id.in_(ids), *OWED)
    rows = board.session.execute(query.group_by(UserTask.case_id)) if ids else ()
    return {id_: due for id_, due in rows if due != NO_DEADLINE}

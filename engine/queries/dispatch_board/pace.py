"""How many working days a request takes, with and without the days on which it had to wait, against the goals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from engine.calendar.work_calendar import WorkCalendar
from engine.context import CITY_TIME
from engine.model import Case, Clock, UserTask
from engine.model.user_task import TaskState
from engine.queries.dispatch_board.recent import RecentRequest
from engine.queries.dispatch_board.scope import Board
from engine.queries.requests import CLOSING_CLOCK, REQUESTS

COMPLEXITIES = ("simple", "normal", "complex")
_GOALS = {"simple": "dispatch_simple_workdays"}
_GOAL = "dispatch_closing_workdays"
_CLOSING = "close_request"


@dataclass(frozen=True)
class Pace:
    """Means over `count` requests that were closed in the period; `in_time` took no more than `goal` days, net."""

    complexity: str
    goal: int
    count: int
    gross: float | None
    net: float | None
    in_time: int


@dataclass(frozen=True)
class Measured:
    """One request: working days in all, and without those on which it waited for the enterprise."""

    id: str
    complexity: str
    gross: int
    net: int


def pace(board: Board, found: Iterable[Measured]) -> tuple[Pace, ...]:
    """From the acceptance until the lead closed it for the last time; without those that ended another way."""
    by_complexity: dict[str, list[Measured]] = defaultdict(list)
    for one in found:
        by_complexity[one.complexity].append(one)
    return tuple(_pace(board, complexity, by_complexity[complexity]) for complexity in COMPLEXITIES)


def measured(board: Board, found: Iterable[RecentRequest]) -> Iterator[Measured]:
    """Each request of the scope that was worked on and closed in the period."""
    closed, stood_still = _closed_on(board), _stood_still(board)
    calendar = board.catalogue.calendar(board.session)
    for one in found:
        complexity, accepted = one.values.get("complexity"), one.values.get("accepted_on")
        if complexity in COMPLEXITIES and accepted and one.id in closed:
            gross = _workdays(calendar, date.fromisoformat(accepted), closed[one.id])
            yield Measured(one.id, complexity, gross, max(0, gross - stood_still.get(one.id, 0)))


def _pace(board: Board, complexity: str, days: list[Measured]) -> Pace:
    rules = board.catalogue.latest(board.session, REQUESTS)[1].rules
    goal = int(rules.setting(_GOALS.get(complexity, _GOAL), _day(board.now)))
    gross, net = _mean([one.gross for one in days]), _mean([one.net for one in days])
    return Pace(complexity, goal, len(days), gross, net, sum(one.net <= goal for one in days))


def _mean(days: list[int]) -> float | None:
    return round(sum(days) / len(days), 1) if days else None


def _closed_on(board: Board) -> dict[str, date]:
    query = select(UserTask.case_id, func.max(UserTask.completed_at)).join(Case, Case.id == UserTask.case_id)
    done = (UserTask.element_id == _CLOSING, UserTask.state == TaskState.COMPLETED, UserTask.superseded_at.is_(None))
    query = query.where(board.requests, Case.closed_at >= board.since, *done).group_by(UserTask.case_id)
    return {id_: _day(at) for id_, at in board.session.execute(query)}


def _stood_still(board: Board) -> dict[str, int]:
    """The working days on which the clock of the whole stood still, as the clock itself has counted them."""
    stood = (Clock.rule == CLOSING_CLOCK, Clock.paused_workdays > 0)
    query = select(Clock.case_id, func.sum(Clock.paused_workdays)).join(Case, Case.id == Clock.case_id)
    query = query.where(board.requests, Case.closed_at >= board.since, *stood).group_by(Clock.case_id)
    return {id_: int(days) for id_, days in board.session.execute(query)}


def _workdays(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days after the first day until the last, as deadlines are counted."""
    return sum(calendar.is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def _day(at: datetime) -> date:
    return at.astimezone(CITY_TIME).date()

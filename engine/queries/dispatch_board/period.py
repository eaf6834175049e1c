"""What is counted over the period: the same for a few minutes, because it is read from thousands of requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from engine.catalogue import Catalogue
from engine.queries.dispatch_board.pace import Measured, Pace, measured, pace
from engine.queries.dispatch_board.points import Points, points
from engine.queries.dispatch_board.recent import RecentRequest, recent_requests
from engine.queries.dispatch_board.scope import Board
from engine.queries.dispatch_board.topics import Topic, repeat_topics

KEPT_FOR = timedelta(minutes=5)
Towns = tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class PeriodFigures:
    """`as_of` is when they were counted; `closed` are the requests behind `pace`."""

    as_of: datetime
    topics: tuple[Topic, ...]
    pace: tuple[Pace, ...]
    points: Points
    closed: tuple[Measured, ...]


@dataclass
class _Reading:
    """The requests of the city at one moment, and what was counted from them for each scope."""

    at: datetime
    requests: list[RecentRequest]
    figures: dict[Towns, PeriodFigures] = field(default_factory=dict)

    def is_fresh(self, now: datetime) -> bool:
        """Not at the very moment: where time stands still, something may have happened in it."""
        return timedelta(0) < now - self.at < KEPT_FOR


# By catalogue, of which an engine has one: two engines may stand over different databases.
_readings: WeakKeyDictionary[Catalogue, _Reading] = WeakKeyDictionary()


def period_figures(board: Board) -> PeriodFigures:
    """For this scope, at most five minutes old; numbers and the lists behind them are of the same reading."""
    reading = _readings.get(board.catalogue)
    if reading is None or not reading.is_fresh(board.now):
        reading = _readings[board.catalogue] = _Reading(board.now, recent_requests(board))
    if board.towns not in reading.figures:
        reading.figures[board.towns] = _counted(board, reading)
    return reading.figures[board.towns]


def topic_requests(board: Board) -> Mapping[str, tuple[str, ...]]:
    """By topic: the requests in which it came up."""
    return {one.id: one.case_ids for one in period_figures(board).topics}


def _counted(board: Board, reading: _Reading) -> PeriodFigures:
    closed = tuple(measured(board, reading.requests))
    return PeriodFigures(
        as_of=reading.at,
        topics=repeat_topics(board, reading.requests),
        pace=pace(board, closed),
        points=points(board, reading.requests),
        closed=closed,
    )

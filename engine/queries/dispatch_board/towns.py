"""How many requests each town has: a table that is drawn as tiles."""

from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select

from engine.model import Case
from engine.queries.dispatch_board.scope import Board, is_late
from engine.registry import towns


@dataclass(frozen=True)
class TownCount:
    """`filed` were made in the period, whether they are open or not; a request without a town is of none."""

    town: str
    open: int
    late: int
    filed: int


def town_counts(board: Board) -> tuple[TownCount, ...]:
    """All towns of the scope by name, also those that have none."""
    late = func.sum(cast(is_late(board), Integer))
    live = select(Case.town, func.count(), late).where(board.open_requests).group_by(Case.town)
    open_ones = {town: (count, int(behind or 0)) for town, count, behind in board.session.execute(live)}
    filed = select(Case.town, func.count()).where(board.requests, Case.created_at >= board.since).group_by(Case.town)
    made = dict(board.session.execute(filed).all())
    known = towns(board.session) if board.towns is None else board.towns
    names = dict.fromkeys([*known, *sorted(town for town in open_ones if town)])
    return tuple(TownCount(town, *open_ones.get(town, (0, 0)), made.get(town, 0)) for town in names)

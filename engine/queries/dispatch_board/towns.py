"""How many requests each town has: a table that is drawn as tiles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from engine.model import Case
from engine.queries.dispatch_board.scope import Board
from engine.queries.dispatch_board.stages import OpenCount
from engine.registry import towns


@dataclass(frozen=True)
class TownCount:
    """`filed` were made in the period, whether they are open or not; a request without a town is of none."""

    town: str
    open: int
    late: int
    filed: int


def by_town(board: Board, counts: Iterable[OpenCount]) -> tuple[TownCount, ...]:
    """All towns of the scope by name, also those that have none."""
    open_ones: Counter[str | None] = Counter()
    late: Counter[str | None] = Counter()
    for one in counts:
        open_ones[one.town] += one.open
        late[one.town] += one.late
    filed = select(Case.town, func.count()).where(board.requests, Case.created_at >= board.since).group_by(Case.town)
    made = dict(board.session.execute(filed).all())
    known = towns(board.session) if board.towns is None else board.towns
    names = dict.fromkeys([*known, *sorted(town for town in open_ones if town)])
    return tuple(TownCount(town, open_ones[town], late[town], made.get(town, 0)) for town in names)

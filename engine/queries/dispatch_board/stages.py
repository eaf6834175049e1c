"""How many requests are open, by stage and by town, and how many of them are late: read together in one statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, cast, func, select

from engine.model import Case, UserTask
from engine.moments import SOON_DAYS
from engine.queries.dispatch_board.scope import OWED, Board


@dataclass(frozen=True)
class OpenCount:
    """Of one stage in one town."""

    stage: str | None
    town: str | None
    open: int
    late: int
    soon: int


@dataclass(frozen=True)
class StageCount:
    """A stage of the process as it is deployed today, in the order of the diagram; older cases may be in another."""

    id: str
    name: str
    name_en: str
    open: int
    late: int


@dataclass(frozen=True)
class OpenRequests:
    total: int
    late: int
    soon: int
    stages: tuple[StageCount, ...]


def open_counts(board: Board) -> tuple[OpenCount, ...]:
    """What is due soon is found first: it is little, and the rest of the tasks need not be looked at."""
    horizon = board.now + timedelta(days=SOON_DAYS)
    due = select(UserTask.case_id, func.min(UserTask.due_at).label("first")).where(*OWED, UserTask.due_at <= horizon)
    first = due.group_by(UserTask.case_id).subquery()
    late, soon = _number(first.c.first <= board.now), _number(first.c.first > board.now)
    query = select(Case.stage, Case.town, func.count(), late, soon).outerjoin(first, first.c.case_id == Case.id)
    query = query.where(board.open_requests).group_by(Case.stage, Case.town)
    return tuple(OpenCount(*row[:3], int(row[3] or 0), int(row[4] or 0)) for row in board.session.execute(query))


def by_stage(board: Board, counts: Iterable[OpenCount]) -> OpenRequests:
    found = list(counts)
    stages: dict[str | None, list[OpenCount]] = defaultdict(list)
    for one in found:
        stages[one.stage].append(one)
    known = [(one.id, one.name, one.name_en or one.name) for one in board.stages]
    other = [(id_, id_, id_) for id_ in stages if id_ and id_ not in {one[0] for one in known}]
    return OpenRequests(
        total=sum(one.open for one in found),
        late=sum(one.late for one in found),
        soon=sum(one.soon for one in found),
        stages=tuple(_stage(names, stages[names[0]]) for names in (*known, *other)),
    )


def _stage(names: tuple[str, str, str], found: Iterable[OpenCount]) -> StageCount:
    counts = list(found)
    return StageCount(*names, sum(one.open for one in counts), sum(one.late for one in counts))


def _number(condition: Any) -> Any:
    return func.sum(cast(condition, Integer))

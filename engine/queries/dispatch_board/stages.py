"""How many requests are open, in which stage, and how many of them are late."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, cast, func, select

from engine.model import Case
from engine.queries.dispatch_board.scope import Board, is_due_soon, is_late


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


def open_requests(board: Board) -> OpenRequests:
    late, soon = _ones(is_late(board)), _ones(is_due_soon(board))
    query = select(Case.stage, func.count(), func.sum(late), func.sum(soon)).where(board.open_requests)
    found = board.session.execute(query.group_by(Case.stage))
    rows = {stage: (count, int(behind or 0), int(near or 0)) for stage, count, behind, near in found}
    known = [(one.id, one.name, one.name_en or one.name) for one in board.stages]
    other = [(id_, id_, id_) for id_ in rows if id_ and id_ not in {one[0] for one in known}]
    return OpenRequests(
        total=sum(one[0] for one in rows.values()),
        late=sum(one[1] for one in rows.values()),
        soon=sum(one[2] for one in rows.values()),
        stages=tuple(StageCount(*names, *rows.get(names[0], (0, 0, 0))[:2]) for names in (*known, *other)),
    )


def _ones(condition: Any) -> Any:
    return cast(condition, Integer)

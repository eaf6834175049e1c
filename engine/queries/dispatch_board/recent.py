"""The requests of the period with what they remember: read once, and counted by several blocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.model import Case, ProcessInstance
from engine.queries.dispatch_board.scope import Board
from engine.queries.requests import REQUESTS

# What the blocks count; the rest of what a request remembers is not kept.
COUNTED = ("title", "category", "complexity", "accepted_on", "speed", "skill", "manner", "solved")


@dataclass(frozen=True)
class RecentRequest:
    id: str
    town: str | None
    enterprise_id: str | None
    created_at: datetime
    closed_at: datetime | None
    values: Mapping[str, Any]


def recent_requests(board: Board) -> list[RecentRequest]:
    """Those of the whole city that were filed or closed in the period, the newest first; blocks ask for their scope."""
    columns = (Case.id, Case.town, Case.enterprise_id, Case.created_at, Case.closed_at, ProcessInstance.variables)
    query = select(*columns).join(ProcessInstance, ProcessInstance.case_id == Case.id)
    lately = or_(Case.created_at >= board.since, Case.closed_at >= board.since)
    rows = board.session.execute(query.where(Case.process == REQUESTS, lately))
    found = (RecentRequest(*row[:5], values={key: row[5].get(key) for key in COUNTED}) for row in rows)
    return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


def titles(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """What those who filed them called these requests."""
    query = select(ProcessInstance.case_id, ProcessInstance.variables).where(ProcessInstance.case_id.in_(list(ids)))
    return {id_: str(values["title"]) for id_, values in session.execute(query) if values.get("title")}

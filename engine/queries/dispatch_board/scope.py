"""Which requests a coordinator looks at: those of the whole city, or of their towns."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Stage
from engine.groups import FEDERATION
from engine.model import Case, UserTask
from engine.model.user_task import TaskState
from engine.moments import SOON_DAYS
from engine.permissions import NotInGroup
from engine.queries.requests import REQUESTS

COORDINATORS = (FEDERATION, "liaison", "town_office")
PERIOD_DAYS = 90
# SQL conditions on `UserTask`: somebody has to do it.
OWED = (UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)), UserTask.discretionary.is_(False))


@dataclass(frozen=True, kw_only=True)
class Board:
    """The place and the time of the question; `towns` is None for the whole city."""

    session: Session
    catalogue: Catalogue
    actor: Actor
    now: datetime
    towns: tuple[str, ...] | None

    @property
    def since(self) -> datetime:
        """When the period begins over which topics, days and points are counted."""
        return self.now - timedelta(days=PERIOD_DAYS)

    @property
    def requests(self) -> Any:
        """An SQL condition on `Case`: a request in this scope."""
        mine = Case.process == REQUESTS
        return mine if self.towns is None else and_(mine, Case.town.in_(self.towns))

    @property
    def open_requests(self) -> Any:
        return and_(self.requests, Case.closed_at.is_(None))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Those of the process as it is deployed today. Raises ProcessUnknown."""
        return tuple(self.catalogue.latest(self.session, REQUESTS)[1].process.stages)

    def holds(self, town: str | None) -> bool:
        return self.towns is None or town in self.towns


def board_for(session: Session, actor: Actor, *, catalogue: Catalogue, now: datetime) -> Board:
    """Raises NotInGroup for who coordinates nothing."""
    mine = [m for m in actor.memberships if m.group in COORDINATORS and m.organisation_id is None]
    if not mine:
        raise NotInGroup(groups=sorted(COORDINATORS))
    whole_city = any(m.town is None for m in mine)
    towns = None if whole_city else tuple(sorted({m.town for m in mine if m.town}))
    return Board(session=session, catalogue=catalogue, actor=actor, now=now, towns=towns)


def coordinates(actor: Actor) -> bool:
    return any(m.group in COORDINATORS and m.organisation_id is None for m in actor.memberships)


def is_late(board: Board) -> Any:
    """An SQL condition on `Case`: something that somebody has to do there is overdue."""
    return _owes(UserTask.due_at <= board.now)


def is_due_soon(board: Board) -> Any:
    """Something falls due within three days, and nothing is overdue."""
    soon = and_(UserTask.due_at > board.now, UserTask.due_at <= board.now + timedelta(days=SOON_DAYS))
    return and_(_owes(soon), ~is_late(board))


def _owes(due: Any) -> Any:
    return exists().where(UserTask.case_id == Case.id, *OWED, due)

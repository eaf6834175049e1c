from dataclasses import dataclass

from sqlalchemy import update

from engine.command import Command
from engine.model import Notice
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class MarkNoticesRead(Command[None]):
    """Mark notices of yours as read; without ids, all of them."""

    ids: tuple[str, ...] = ()

    def execute(self, work: Work) -> None:
        mine = update(Notice).where(Notice.person_id == work.actor.person_id, Notice.read_at.is_(None))
        work.session.execute((mine.where(Notice.id.in_(self.ids)) if self.ids else mine).values(read_at=work.now))

from dataclasses import dataclass, field

from sqlalchemy import exists, select

from engine.command import Command
from engine.commands.upload_document import plain_name
from engine.errors import Conflict
from engine.model import RosterImport
from engine.model.base_model import growing_id
from engine.model.roster import UNDER_WAY
from engine.roster_lines import must_be_a_roster
from engine.rostering import enterprise_for, may_name_reps
from engine.work import Work


class RosterUnderWay(Conflict):
    """A roster of this enterprise is being imported; wait for it, or cancel it."""


@dataclass(frozen=True, kw_only=True)
class ImportRoster(Command[str]):
    """Begin to enter the staff of an enterprise from an Excel file: all lines, or none; gives the id of the import."""

    enterprise_id: str
    filename: str
    content: bytes = field(repr=False)

    def execute(self, work: Work) -> str:
        place = enterprise_for(work.session, work.actor, self.enterprise_id, lock=True)
        must_be_a_roster(self.content)
        mine = (RosterImport.organisation_id == place.id, RosterImport.state.in_(UNDER_WAY))
        if work.session.scalar(select(exists().where(*mine))):
            raise RosterUnderWay()
        run = RosterImport(
            id=growing_id(), organisation_id=place.id, by=work.actor.username, at=work.now,
            may_name_reps=may_name_reps(work.actor), filename=plain_name(self.filename),
            sha256=work.documents.put(self.content),
        )  # fmt: skip
        work.session.add(run)
        work.enqueue("read_roster", {"import_id": run.id})
        facts = {"organisation": place.name, "file": run.filename, "sha256": run.sha256}
        work.administer("roster_received", place.subject, details=facts)
        return run.id

    def uploads(self) -> tuple[bytes, ...]:
        return (self.content,)

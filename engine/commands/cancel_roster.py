from dataclasses import dataclass

from engine.command import Command
from engine.errors import NotFound
from engine.model.roster import RosterState
from engine.rostering import RosterNotFound, enterprise_for, forget_lines, locked_run, tell_importer
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class CancelRoster(Command[None]):
    """Stop an import of a staff roster before it is written; nothing of it stays."""

    import_id: str

    def execute(self, work: Work) -> None:
        run = locked_run(work.session, self.import_id)
        if run is None:
            raise RosterNotFound(import_id=self.import_id)
        try:
            place = enterprise_for(work.session, work.actor, run.organisation_id)
        except NotFound as hidden:
            raise RosterNotFound(import_id=self.import_id) from hidden
        run.end(RosterState.CANCELLED, at=work.now)
        forget_lines(work.session, run)
        facts = {"organisation": place.name, "sha256": run.sha256}
        work.administer("roster_cancelled", place.subject, details=facts)
        if run.by != work.actor.username:
            tell_importer(work, run)

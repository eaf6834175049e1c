from dataclasses import dataclass

from engine.command import Command
from engine.commands.start_migration import JOB
from engine.groups import DESIGNERS
from engine.model import MigrationRun
from engine.model.migration import MigrationNotFound
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class PauseMigration(Command[None]):
    """Let a migration rest: what is moved stays moved. Raises MigrationNotFound, MigrationEnded."""

    run_id: str

    def execute(self, work: Work) -> None:
        run = locked_run(work, self.run_id)
        run.pause()
        record_run(work, "migration_paused", run)


@dataclass(frozen=True, kw_only=True)
class ResumeMigration(Command[None]):
    """Go on with a paused migration. Raises MigrationNotFound, MigrationEnded, MigrationNotPaused."""

    run_id: str

    def execute(self, work: Work) -> None:
        run = locked_run(work, self.run_id)
        run.go_on()
        record_run(work, "migration_resumed", run)
        work.enqueue(JOB, {"run_id": run.id})


@dataclass(frozen=True, kw_only=True)
class CancelMigration(Command[None]):
    """Stop a migration for good: the cases that still wait stay on their version.

    Raises MigrationNotFound, MigrationEnded.
    """

    run_id: str

    def execute(self, work: Work) -> None:
        run = locked_run(work, self.run_id)
        run.cancel(at=work.now)
        record_run(work, "migration_cancelled", run)


def locked_run(work: Work, run_id: str) -> MigrationRun:
    """Raises MigrationNotFound."""
    must_be_in(work.actor, DESIGNERS)
    run = work.session.get(MigrationRun, run_id, with_for_update=True)
    if run is None:
        raise MigrationNotFound()
    return run


def record_run(work: Work, action: str, run: MigrationRun) -> None:
    work.record(action, details={"migration": run.id, "moved": run.moved, "stayed": run.stayed, "cases": run.total})

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.pause_migration import record_run
from engine.commands.recompute_clock import SystemOnly
from engine.model import MigrationRow, MigrationRun
from engine.model.migration import MigrationNotFound, MigrationOutcome, MigrationState
from engine.work import Work


@dataclass(frozen=True)
class MovedCase:
    """`code` says why a case stayed; `facts` are what changed in it, or the problems."""

    position: int
    code: str | None = None
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class NoteMigratedCases(Command[None]):
    """Note what became of cases of a migration; the last one ends it."""

    is_recorded_when_refused: ClassVar[bool] = False

    run_id: str
    results: tuple[MovedCase, ...]

    def execute(self, work: Work) -> None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        run = work.session.get(MigrationRun, self.run_id, with_for_update=True)
        if run is None:
            raise MigrationNotFound()
        was = run.state
        for result in self.results:
            _note(work, run, result)
        if run.state == MigrationState.DONE and was != MigrationState.DONE:
            record_run(work, "migration_ended", run)


def _note(work: Work, run: MigrationRun, result: MovedCase) -> None:
    """Once: two workers may have done the same case, of which one found it done."""
    row = work.session.get_one(MigrationRow, (run.id, result.position))
    if row.outcome != MigrationOutcome.WAITING:
        return
    row.code, row.facts, row.at = result.code, dict(result.facts) if result.facts else None, work.now
    row.outcome = MigrationOutcome.STAYED if result.code else MigrationOutcome.MOVED
    run.note(moved=not result.code, at=work.now)

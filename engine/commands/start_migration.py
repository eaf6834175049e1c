from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import insert, select

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.groups import DESIGNERS
from engine.migrating.outlook import Plan
from engine.migrating.versions import versions_of
from engine.model import Case, MigrationRow, MigrationRun
from engine.model.base_model import new_id
from engine.model.case import must_give_reason
from engine.model.migration import MigrationOutcome
from engine.permissions import must_be_in
from engine.work import Work

MOST_CASES = 100_000
JOB = "migration"


class MigrationWrong(Rejected):
    """A migration goes from one version to another, for at least one running case of the first."""


@dataclass(frozen=True, kw_only=True)
class StartMigration(Command[str]):
    """Move running cases of one version to another, in the background, case by case. Gives the id of the run.

    Without `case_ids` all that run on the version. A rehearsal changes nothing and notes what would have happened.
    Raises ProcessUnknown, ChoiceWrong, MigrationWrong.
    """

    process: str
    from_version: int
    to_version: int
    choices: Mapping[str, str] = field(default_factory=dict)
    keeps_rules: bool = True
    reason: str
    case_ids: tuple[str, ...] | None = None
    is_rehearsal: bool = False

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, DESIGNERS)
        must_give_reason(self.reason)
        if self.from_version == self.to_version:
            raise MigrationWrong(problems=[Problem(path="to", code="same_version")])
        plan = Plan(
            process=self.process, from_version=self.from_version, to_version=self.to_version, choices=self.choices
        )
        versions = versions_of(work.session, work.catalogue, plan)
        cases = self._cases(work, versions.before.id)
        run = MigrationRun(
            id=new_id(), process=self.process, from_id=versions.before.id, to_id=versions.after.id,
            person_id=work.actor.person_id, reason=self.reason.strip(), targets=dict(self.choices),
            keeps_rules=self.keeps_rules, is_rehearsal=self.is_rehearsal, total=len(cases), created_at=work.now,
        )  # fmt: skip
        work.session.add(run)
        work.session.flush()
        shared = {"run_id": run.id, "outcome": MigrationOutcome.WAITING}
        rows = [{**shared, "position": n, "case_id": id_} for n, id_ in enumerate(cases)]
        work.session.execute(insert(MigrationRow), rows)
        self._record(work, run)
        work.enqueue(JOB, {"run_id": run.id}, dedupe=f"{JOB}:{run.id}:0")
        return run.id

    def _cases(self, work: Work, deployment_id: str) -> list[str]:
        """In the order in which they were begun. Raises MigrationWrong."""
        query = select(Case.id).where(Case.deployment_id == deployment_id, Case.closed_at.is_(None))
        found = list(work.session.scalars(query.order_by(Case.created_at, Case.id).limit(MOST_CASES)))
        if self.case_ids is not None:
            wanted = set(self.case_ids)
            unknown = wanted - set(found)
            if unknown:
                raise MigrationWrong(problems=[Problem(path="cases", code="case_not_on_version")], count=len(unknown))
            found = [id_ for id_ in found if id_ in wanted]
        if not found:
            raise MigrationWrong(problems=[Problem(path="cases", code="required")])
        return found

    def _record(self, work: Work, run: MigrationRun) -> None:
        facts = {
            "migration": run.id, "process": run.process, "from": self.from_version, "to": self.to_version,
            "cases": run.total, "choices": run.targets, "keeps_rules": run.keeps_rules,
        }  # fmt: skip
        action = "migration_rehearsed" if run.is_rehearsal else "migration_started"
        work.record(action, reason=run.reason, details=facts)

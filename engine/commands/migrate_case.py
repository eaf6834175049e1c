from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.automation import Automation
from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Conflict
from engine.groups import DESIGNERS
from engine.migrating.moving import move
from engine.migrating.outlook import Change, Plan
from engine.migrating.versions import Versions, versions_of
from engine.model import CaseMigration, Deployment, UserTask
from engine.model.base_model import new_id
from engine.model.case import CaseNotRunning, CaseStatus, must_give_reason
from engine.permissions import must_be_in
from engine.progress import specs_of
from engine.spiff.process_run import ProcessRun
from engine.spiff.standing import occupied
from engine.work import Work


class OnOtherVersion(Conflict):
    """The case does not run on the version that was named: somebody has moved it meanwhile."""


class OnThisVersion(Conflict):
    """The case runs on this version already."""


@dataclass(frozen=True, kw_only=True)
class MigrateCase(Command[Change]):
    """Move a running case to another version of its process.

    Raises CaseNotFound, CaseNotRunning, ProcessUnknown, OnOtherVersion, OnThisVersion, ChoiceWrong,
    MigrationNeedsChoice and CaseMustStay.
    """

    case_id: str
    to_version: int
    from_version: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    keeps_rules: bool = True
    reason: str
    run_id: str | None = None

    def execute(self, work: Work) -> Change:
        must_be_in(work.actor, DESIGNERS)
        must_give_reason(self.reason)
        folder = work.as_system().lock_case(self.case_id)
        if folder.case.status not in (CaseStatus.RUNNING, CaseStatus.SUSPENDED):
            raise CaseNotRunning(status=folder.case.status)
        versions = self._versions(work, folder)
        held = {task.id: task for task in folder.tasks}
        row = self._noted(work, folder, versions)
        change = move(folder, versions, keeps_rules=self.keeps_rules)
        work.session.add(row)
        self._tell(work, folder, held)
        return change

    foresee = execute

    def keep(self, result: Change) -> Any:
        return asdict(result)

    def revive(self, kept: Any) -> Change:
        return Change(**{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()})

    def _versions(self, work: Work, folder: CaseWork) -> Versions:
        now = work.session.get_one(Deployment, folder.case.deployment_id)
        if self.from_version is not None and now.version != self.from_version:
            raise OnOtherVersion(version=now.version)
        if now.version == self.to_version:
            raise OnThisVersion(version=now.version)
        plan = Plan(
            process=now.process, from_version=now.version, to_version=self.to_version, choices=dict(self.choices)
        )
        return versions_of(work.session, work.catalogue, plan)

    def _noted(self, work: Work, folder: CaseWork, versions: Versions) -> CaseMigration:
        """What stays to be looked at of the old version, and the entry of the history."""
        run = ProcessRun.restore(folder.instance.state, specs_of(folder), Automation(folder))
        facts = {
            "from": versions.before.version,
            "to": versions.after.version,
            "content": versions.after.content_hash,
            "choices": dict(self.choices),
            "keeps_rules": self.keeps_rules,
            "run": self.run_id,
        }
        folder.record("case_migrated", actor=work.actor.username, reason=self.reason.strip(), details=facts)
        return CaseMigration(
            id=new_id(), case_id=folder.case.id, run_id=self.run_id, from_id=versions.before.id,
            to_id=versions.after.id, person_id=work.actor.person_id, at=work.now,
            last_entry=folder.case.history_seq, passed=list(folder.instance.passed), stood=list(occupied(run.tokens)),
        )  # fmt: skip

    def _tell(self, work: Work, folder: CaseWork, held: Mapping[str, UserTask]) -> None:
        """Who had a task that is not there any more hears of it."""
        still = {task.id for task in folder.tasks}
        for task in held.values():
            if task.id not in still and task.assignee_id and task.completed_at is None:
                facts = {"case_id": folder.case.id, "step": task.name, "by": work.actor.name, "note": self.reason}
                work.enqueue("notify_person", {**facts, "person_id": task.assignee_id, "kind": "task_withdrawn"})

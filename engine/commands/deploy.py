from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import func, select

from engine.command import Command
from engine.definitions.bundle import Bundle
from engine.definitions.check import Report, check_bundle
from engine.definitions.lint_problem import LintProblem
from engine.groups import DESIGNERS, GROUPS
from engine.model import Deployment, DeploymentFile
from engine.model.base_model import new_id
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True)
class KeptReport(Report):
    """A report that was given before."""

    was_deployable: bool = False

    @property
    def deployable(self) -> bool:
        return self.was_deployable


@dataclass(frozen=True, kw_only=True)
class Deploy(Command[Report]):
    """Check a bundle of diagram, forms and tables and make it the newest version; the same one again does nothing."""

    files: Mapping[str, bytes] = field(repr=False)
    comment: str = ""

    def about(self) -> dict[str, str]:
        return {"files": ", ".join(sorted(self.files))[:500]}

    def keep(self, result: Report) -> Any:
        return {"deployable": result.deployable, "problems": [asdict(p) for p in result.problems]}

    def revive(self, kept: Any) -> Report:
        """The same verdict; the bundle itself is looked up in the catalogue, not in a kept reply."""
        problems = tuple(LintProblem(**p) for p in kept["problems"])
        return KeptReport(problems, None, was_deployable=kept["deployable"])

    def execute(self, work: Work) -> Report:
        must_be_in(work.actor, DESIGNERS)
        files = work.catalogue.with_rules(work.session, self.files)
        report = check_bundle(files, services=work.services, groups=GROUPS)
        if report.bundle is not None and report.deployable:
            _store(work, report.bundle, comment=self.comment)
        return report


def _store(work: Work, bundle: Bundle, *, comment: str) -> None:
    same = select(Deployment.id).where(
        Deployment.process == bundle.process_key, Deployment.content_hash == bundle.content_hash
    )
    if work.session.scalar(same):
        return
    highest = select(func.max(Deployment.version)).where(Deployment.process == bundle.process_key)
    deployment = Deployment(
        id=new_id(),
        process=bundle.process_key,
        name=bundle.name,
        version=(work.session.scalar(highest) or 0) + 1,
        content_hash=bundle.content_hash,
        comment=comment,
        deployed_by=work.actor.person_id,
        deployed_at=work.now,
    )
    work.session.add(deployment)
    work.session.flush()
    work.session.add_all(
        DeploymentFile(deployment_id=deployment.id, path=path, content=content)
        for path, content in bundle.files.items()
    )
    facts = {"process": bundle.process_key, "version": deployment.version, "content_hash": bundle.content_hash}
    work.record("process_deployed", reason=comment or None, details=facts)

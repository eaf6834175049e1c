from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from engine.command import Command
from engine.definitions.bundle import Bundle
from engine.definitions.check import Report, check_bundle
from engine.groups import DESIGNERS, GROUPS
from engine.model import Deployment, DeploymentFile
from engine.model.base_model import new_id
from engine.permissions import must_be_in
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class Deploy(Command[Report]):
    """Check a bundle of diagram, forms and tables and make it the newest version; the same one again does nothing."""

    files: Mapping[str, bytes] = field(repr=False)
    comment: str = ""

    def execute(self, work: Work) -> Report:
        must_be_in(work.actor, DESIGNERS)
        report = check_bundle(self.files, services=work.services, groups=GROUPS)
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

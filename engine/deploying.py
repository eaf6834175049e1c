"""A bundle becomes a version of its process; and a report of the door as a kept reply."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.bundle import Bundle
from engine.definitions.check import Report
from engine.definitions.lint_problem import LintProblem
from engine.definitions.places import stories
from engine.model import Deployment, DeploymentFile
from engine.model.base_model import new_id
from engine.work import Work


@dataclass(frozen=True)
class KeptReport(Report):
    """A report that was given before."""

    was_deployable: bool = False

    @property
    def deployable(self) -> bool:
        return self.was_deployable


def keep_report(report: Report) -> Any:
    return {"deployable": report.deployable, "problems": [asdict(p) for p in report.problems]}


def revive_report(kept: Any) -> Report:
    """The same verdict; the bundle itself is looked up in the catalogue, not in a kept reply."""
    problems = tuple(LintProblem(**p) for p in kept["problems"])
    return KeptReport(problems, None, was_deployable=kept["deployable"])


def same_as_newest(work: Work, bundle: Bundle) -> Deployment | None:
    """The newest version of the process, if the bundle would change nothing in it.

    An older version with the same content does not count: going back to it is a change. A bundle that brings no
    scenarios does not take away those that are kept.
    """
    newest = _same_content(work, bundle)
    return newest if newest and bundle.stories_hash in ("", newest.stories_hash) else None


def _same_content(work: Work, bundle: Bundle) -> Deployment | None:
    newest = work.catalogue.newest(work.session, bundle.process_key)
    return newest if newest and newest.content_hash == bundle.content_hash else None


def store_version(
    work: Work,
    bundle: Bundle,
    *,
    comment: str,
    by: str | None = None,
    submitted_by: str | None = None,
    approved_by: str | None = None,
) -> Deployment:
    """The newest version where nothing changed, else a new one. `by` and the others are ids of people.

    A version that has no scenarios yet, and is the same otherwise, takes those of the bundle.
    """
    same = same_as_newest(work, bundle) or _with_first_stories(work, bundle)
    if same is not None:
        return same
    newest = work.catalogue.newest(work.session, bundle.process_key)
    deployment = Deployment(
        id=new_id(),
        process=bundle.process_key,
        name=bundle.name,
        version=newest.version + 1 if newest else 1,
        content_hash=bundle.content_hash,
        stories_hash=bundle.stories_hash,
        comment=comment,
        deployed_by=by or work.actor.person_id,
        deployed_at=work.now,
        submitted_by=submitted_by,
        approved_by=approved_by,
    )
    work.session.add(deployment)
    work.session.flush()
    _keep(work, deployment, bundle.files)
    facts = {"process": bundle.process_key, "version": deployment.version, "content_hash": bundle.content_hash}
    work.record("process_deployed", reason=comment or None, details=facts)
    return deployment


def _with_first_stories(work: Work, bundle: Bundle) -> Deployment | None:
    same = _same_content(work, bundle)
    if same is None or same.stories_hash:
        return None
    same.stories_hash = bundle.stories_hash
    _keep(work, same, stories(bundle.files))
    facts = {"process": same.process, "version": same.version, "stories_hash": same.stories_hash}
    work.record("scenarios_kept", details=facts)
    return same


def _keep(work: Work, deployment: Deployment, files: Mapping[str, bytes]) -> None:
    rows = [DeploymentFile(deployment_id=deployment.id, path=path, content=files[path]) for path in files]
    work.session.add_all(rows)


def files_of_version(session: Session, deployment_id: str) -> dict[str, bytes]:
    """With its scenarios, which may have come later than what runs."""
    query = select(DeploymentFile.path, DeploymentFile.content).where(DeploymentFile.deployment_id == deployment_id)
    return dict(session.execute(query).all())

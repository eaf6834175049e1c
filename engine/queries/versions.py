"""The versions of a process: who made which when and why, who approved it, and how many cases run on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from engine.actor import Actor
from engine.catalogue import Catalogue, ProcessUnknown
from engine.definitions.bundle import Bundle
from engine.definitions.comparing.bundles import compare
from engine.definitions.comparing.change import Change
from engine.groups import ADMINISTRATORS, DESIGNERS
from engine.model import Case, Deployment
from engine.permissions import must_be_in
from engine.queries.looking_up import people_by_id
from engine.queries.paging import Page, page_of


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """People by name; `same_as` is an older version with the same content, to which this one went back."""

    id: str
    version: int
    name: str
    comment: str
    deployed_by: str
    deployed_at: datetime
    submitted_by: str | None
    approved_by: str | None
    running_cases: int
    same_as: int | None
    is_newest: bool


@dataclass(frozen=True)
class TwoVersions:
    before: Bundle
    after: Bundle
    changes: tuple[Change, ...]


def versions(
    session: Session, actor: Actor, process: str, *, cursor: str | None = None, limit: int = 50
) -> Page[VersionRow]:
    """The newest first. Raises ProcessUnknown."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    newest = session.scalar(select(func.max(Deployment.version)).where(Deployment.process == process))
    if newest is None:
        raise ProcessUnknown(process=process)
    query = select(Deployment).where(Deployment.process == process)
    page = page_of(session, query, (Deployment.version, int), cursor=cursor, limit=limit, is_descending=True)
    people = {p for d in page.items for p in (d.deployed_by, d.submitted_by, d.approved_by)}
    names = {id_: name for id_, (_, name) in people_by_id(session, people).items()}
    cases, before = _cases(session, page.items), _went_back_to(session, page.items)
    return page.of(_row(d, names, cases.get(d.id, 0), same_as=before.get(d.version), newest=newest) for d in page.items)


def version_changes(
    session: Session, actor: Actor, process: str, version: int, *, catalogue: Catalogue
) -> tuple[Change, ...]:
    """What a version changed in the one before it; nothing for the first. Raises ProcessUnknown."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    _, after = catalogue.version(session, process, version)
    if version == 1:
        return ()
    _, before = catalogue.version(session, process, version - 1)
    return compare(before, after)


def compare_versions(
    session: Session, actor: Actor, process: str, *, before: int, after: int, catalogue: Catalogue
) -> TwoVersions:
    """Any two, whichever is the older. Raises ProcessUnknown."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    old, new = (catalogue.version(session, process, version)[1] for version in (before, after))
    return TwoVersions(old, new, compare(old, new))


def _row(d: Deployment, names: Mapping[str, str], cases: int, *, same_as: int | None, newest: int) -> VersionRow:
    def name(person: str | None) -> str | None:
        return names.get(person, person) if person else None

    return VersionRow(
        id=d.id, version=d.version, name=d.name, comment=d.comment, deployed_at=d.deployed_at,
        deployed_by=name(d.deployed_by) or "", submitted_by=name(d.submitted_by), approved_by=name(d.approved_by),
        running_cases=cases, same_as=same_as, is_newest=d.version == newest,
    )  # fmt: skip


def _cases(session: Session, deployments: tuple[Deployment, ...]) -> dict[str, int]:
    ids = [d.id for d in deployments]
    live = (Case.process.in_({d.process for d in deployments}), Case.closed_at.is_(None))
    query = select(Case.deployment_id, func.count()).where(Case.deployment_id.in_(ids), *live)
    return dict(session.execute(query.group_by(Case.deployment_id)).all())


def _went_back_to(session: Session, deployments: tuple[Deployment, ...]) -> dict[int, int]:
    """{version: the latest older version with the same content}"""
    return dict(session.execute(_same_content([d.id for d in deployments])).all())


def _same_content(ids: list[str]) -> Select[tuple[int, int]]:
    older = aliased(Deployment)
    same = (older.process == Deployment.process) & (older.content_hash == Deployment.content_hash)
    return (
        select(Deployment.version, func.max(older.version))
        .join(older, same & (older.version < Deployment.version))
        .where(Deployment.id.in_(ids))
        .group_by(Deployment.version)
    )

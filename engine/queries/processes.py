"""Processes that are deployed, and how a case of one starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.context import CaseWords, actor_words
from engine.definitions.bundle import Bundle
from engine.definitions.form import Form
from engine.definitions.process import Process
from engine.errors import NotFound
from engine.handing_in import file_words
from engine.model import Case, Deployment, Document, Organisation
from engine.model.document import DocumentStatus
from engine.model.organisation import OrganisationKind
from engine.people import people_options
from engine.queries.diagram import DiagramSheet, chosen, sheets
from engine.visibility import reaches_part
from engine.work import CITY_TIME

MOST_TODAY = 3


@dataclass(frozen=True)
class ProcessRow:
    key: str
    name: str
    name_en: str
    version: int
    deployed_at: datetime
    documentation: str
    documentation_en: str
    start_form: str | None
    may_start: bool


@dataclass(frozen=True)
class ProcessDetail:
    row: ProcessRow
    process: Process
    xml: bytes
    sheets: tuple[DiagramSheet, ...]
    content_hash: str
    forms: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class EnterpriseRow:
    id: str
    name: str
    uscc: str | None
    town: str | None


@dataclass(frozen=True)
class StartedCase:
    id: str
    number: str
    title: str
    created_at: datetime


@dataclass(frozen=True)
class StartForm:
    """`enterprises` are those for which this person may start a case."""

    row: ProcessRow
    form: Form | None
    context: Mapping[str, Any]
    enterprises: tuple[EnterpriseRow, ...]


class EnterpriseNotOffered(NotFound):
    """There is no such enterprise, or you may not start a case for it."""


def processes(session: Session, actor: Actor, *, catalogue: Catalogue) -> tuple[ProcessRow, ...]:
    newest = (
        select(Deployment.process, func.max(Deployment.version).label("version"))
        .group_by(Deployment.process)
        .subquery()
    )
    query = select(Deployment).join(
        newest, (newest.c.process == Deployment.process) & (newest.c.version == Deployment.version)
    )
    found = session.scalars(query.order_by(Deployment.name)).all()
    return tuple(_row(d, catalogue.bundle(session, d.id), actor) for d in found)


def process_detail(
    session: Session, actor: Actor, process: str, *, catalogue: Catalogue, which: str | None = None
) -> ProcessDetail:
    """`xml` is the diagram `which`, without it the main one. Raises ProcessUnknown, DiagramUnknown."""
    deployment, bundle = catalogue.latest(session, process)
    return ProcessDetail(
        row=_row(deployment, bundle, actor),
        process=bundle.process,
        xml=chosen(bundle, which)[1],
        sheets=sheets(bundle.process),
        content_hash=bundle.content_hash,
        forms=tuple(sorted(bundle.forms)),
        decisions=tuple(sorted(bundle.decisions)),
    )


def deployed_files(session: Session, process: str, *, catalogue: Catalogue) -> Mapping[str, bytes]:
    """The files of the newest version, by their place in the bundle. Raises ProcessUnknown."""
    return catalogue.latest(session, process)[1].files


def start_form(
    session: Session, actor: Actor, process: str, *, catalogue: Catalogue, now: datetime, enterprise: str | None = None
) -> StartForm:
    """Who may not start it sees the empty form: for no enterprise, and without its people. Raises ProcessUnknown."""
    deployment, bundle = catalogue.latest(session, process)
    row = _row(deployment, bundle, actor)
    offered = _enterprises(session, actor) if row.may_start else ()
    chosen = _chosen(session, offered, enterprise)
    calendar = catalogue.calendar(session)
    words = CaseWords(
        variables={},
        case=None,
        enterprise=lambda: chosen,
        rules=bundle.rules,
        calendar=lambda: calendar,
        now=now,
        extra={
            **actor_words(actor),
            "people": lambda: people_options(session, None, enterprise_id=chosen.id if chosen else None),
            "documents": lambda: _drafts(session, actor),
        },
    )
    form = bundle.forms.get(bundle.process.start_form) if bundle.process.start_form else None
    return StartForm(row, form, words, offered)


def started_today(session: Session, actor: Actor, process: str, *, now: datetime) -> tuple[StartedCase, ...]:
    """Open ones, newest first: who comes back to an empty form sees that the one before was taken."""
    morning = datetime.combine(now.astimezone(CITY_TIME).date(), time.min, CITY_TIME)
    query = select(Case.id, Case.number, Case.title, Case.created_at).where(
        Case.process == process, Case.created_at >= morning,
        Case.created_by == actor.person_id, Case.closed_at.is_(None), reaches_part(actor, Case.id),
    )  # fmt: skip
    found = session.execute(query.order_by(Case.created_at.desc(), Case.id).limit(MOST_TODAY))
    return tuple(StartedCase(*row) for row in found)


def _row(deployment: Deployment, bundle: Bundle, actor: Actor) -> ProcessRow:
    process = bundle.process
    return ProcessRow(
        key=process.key,
        name=process.name,
        name_en=process.name_en or process.name,
        version=deployment.version,
        deployed_at=deployment.deployed_at,
        documentation=process.documentation,
        documentation_en=process.documentation_en,
        start_form=process.start_form,
        may_start=not process.starter_groups or bool(actor.groups & set(process.starter_groups)),
    )


def _enterprises(session: Session, actor: Actor) -> tuple[EnterpriseRow, ...]:
    """Own enterprises; for officials those of their towns, or all."""
    own = [m.organisation_id for m in actor.memberships if m.organisation_id]
    towns = {m.town for m in actor.memberships if m.town}
    query = select(Organisation).where(Organisation.kind == OrganisationKind.ENTERPRISE)
    if own:
        query = query.where(Organisation.id.in_(own))
    elif towns:
        query = query.where(Organisation.town.in_(towns))
    found = session.scalars(query.order_by(Organisation.name).limit(500))
    return tuple(EnterpriseRow(o.id, o.name, o.uscc, o.town) for o in found)


def _chosen(session: Session, offered: tuple[EnterpriseRow, ...], wanted: str | None) -> Organisation | None:
    """The enterprise asked for, or the only one there is. Raises EnterpriseNotOffered."""
    if wanted and wanted not in {e.id for e in offered}:
        raise EnterpriseNotOffered(enterprise=wanted)
    only = offered[0].id if len(offered) == 1 else None
    return session.get(Organisation, wanted or only or "")


def _drafts(session: Session, actor: Actor) -> list[dict[str, Any]]:
    query = select(Document).where(
        Document.uploaded_by == actor.person_id,
        Document.task_id.is_(None),
        Document.case_id.is_(None),
        Document.status == DocumentStatus.DRAFT,
    )
    return [file_words(d) for d in session.scalars(query)]

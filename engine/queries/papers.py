"""The papers of a case, and what one of them would say now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.circles import for_the_eyes_of
from engine.context import CaseWords
from engine.definitions.paper import Paper, papers_of
from engine.documents import DocumentStore
from engine.former_versions import KnownBundles
from engine.model import Case, Document, Organisation, ProcessInstance
from engine.model.document import SHOWN
from engine.papers import (
    NotForYouToMake,
    PaperNotFound,
    PaperNotReady,
    digest_of,
    facts_of,
    is_ready,
    may_make,
    paper_of,
    template_of,
)
from engine.queries.looking_up import people_by_id
from engine.queries.row_making import document_row
from engine.queries.rows import DocumentRow
from engine.queries.seeing import readable_case
from engine.word.first_template import first_template

NOT_YOURS, NOT_READY = "not_for_you_to_make", "paper_not_ready"
_REFUSALS = {NOT_YOURS: NotForYouToMake, NOT_READY: PaperNotReady}


@dataclass(frozen=True)
class PaperRow:
    """`refused` is None or the error code why this reader cannot make it now; `made` are the newest ones by kind."""

    key: str
    name: str
    name_en: str
    not_ready: str
    not_ready_en: str
    refused: str | None
    made: Mapping[str, DocumentRow]


@dataclass(frozen=True)
class Sheet:
    """Everything that is needed to make a paper: its facts with their digest, and the Word template."""

    paper: Paper
    facts: Mapping[str, Any]
    facts_sha256: str
    template: int
    template_content: bytes


def case_papers(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, now: datetime
) -> tuple[PaperRow, ...]:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    papers = papers_of(case.process)
    if not papers:
        return ()
    words, made = _words(session, case, catalogue=catalogue, now=now), _made(session, actor, case, catalogue=catalogue)
    return tuple(_row(paper, case, actor, words, made.get(paper.key, {})) for paper in papers)


def case_paper(
    session: Session, actor: Actor, case_id: str, key: str, *, catalogue: Catalogue, now: datetime
) -> PaperRow:
    """One that can be made now. Raises CaseNotFound, PaperNotFound, NotForYouToMake, PaperNotReady."""
    rows = case_papers(session, actor, case_id, catalogue=catalogue, now=now)
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise PaperNotFound(paper=key)
    if row.refused:
        raise _REFUSALS[row.refused]()
    return row


def paper_sheet(
    session: Session, actor: Actor, case_id: str, key: str, *, catalogue: Catalogue, store: DocumentStore, now: datetime
) -> Sheet:
    """Raises CaseNotFound, PaperNotFound, NotForYouToMake, PaperNotReady."""
    case = readable_case(session, actor, case_id)
    paper = paper_of(case, key)
    if not may_make(paper, case, actor):
        raise NotForYouToMake()
    words = _words(session, case, catalogue=catalogue, now=now)
    if not is_ready(paper, words):
        raise PaperNotReady()
    facts = facts_of(paper, words, KnownBundles(session, catalogue, case), session)
    template = template_of(session, paper)
    return Sheet(
        paper=paper,
        facts=facts,
        facts_sha256=digest_of(facts),
        template=template.version if template else 0,
        template_content=store.get(template.sha256) if template else first_template(paper),
    )


def _row(paper: Paper, case: Case, actor: Actor, words: Mapping[str, Any], made: Mapping[str, DocumentRow]) -> PaperRow:
    refused = None if may_make(paper, case, actor) else NOT_YOURS
    return PaperRow(
        key=paper.key,
        name=paper.name,
        name_en=paper.name_en,
        not_ready=paper.not_ready,
        not_ready_en=paper.not_ready_en,
        refused=refused or (None if is_ready(paper, words) else NOT_READY),
        made=made,
    )


def _words(session: Session, case: Case, *, catalogue: Catalogue, now: datetime) -> CaseWords:
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case.id)).one()
    return CaseWords(
        variables=instance.variables,
        case=case,
        enterprise=lambda: enterprise,
        rules=catalogue.rules(session, instance),
        calendar=lambda: catalogue.calendar(session),
        now=now,
    )


def _made(
    session: Session, actor: Actor, case: Case, *, catalogue: Catalogue
) -> Mapping[str, Mapping[str, DocumentRow]]:
    """By paper and kind, the newest version of each."""
    for_me = for_the_eyes_of(session, case, catalogue.bundle(session, case.deployment_id).process, actor)
    made = (Document.case_id == case.id, Document.origin.is_not(None), Document.status.in_(SHOWN), for_me)
    found = session.scalars(select(Document).where(*made).order_by(Document.version)).all()
    people = people_by_id(session, [i for d in found for i in (d.uploaded_by, d.on_behalf_of_id)])
    by_paper: dict[str, dict[str, DocumentRow]] = {}
    for document in found:
        origin = document.origin or {}
        by_paper.setdefault(origin["paper"], {})[origin["kind"]] = document_row(document, people)
    return by_paper

"""The Word templates of papers, for those who look after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.audit.chain import sha256_hex
from engine.definitions.paper import Paper, all_papers
from engine.documents import DocumentStore
from engine.model import DocumentTemplate
from engine.papers import TemplateNotFound, is_kept_by, kept_paper
from engine.queries.looking_up import people_by_id
from engine.word.first_template import first_template

PAGE = 20


@dataclass(frozen=True)
class TemplateRow:
    """Version 0 is the one of the program; `restores` is the older version that this one went back to."""

    version: int
    sha256: str
    size: int
    filename: str
    reason: str
    restores: int | None
    put_by_name: str
    put_at: datetime | None


@dataclass(frozen=True)
class KeptPaper:
    """`before` asks for the versions that come after the last of these; None when there are no more."""

    paper: Paper
    versions: tuple[TemplateRow, ...]
    before: int | None = None

    @property
    def newest(self) -> TemplateRow:
        return self.versions[0]


def kept_papers(session: Session, actor: Actor) -> tuple[KeptPaper, ...]:
    """The papers whose templates this person looks after, each with the version in use."""
    mine = [paper for paper in all_papers().values() if is_kept_by(paper, actor)]
    newest = select(DocumentTemplate.key, func.max(DocumentTemplate.version)).group_by(DocumentTemplate.key)
    query = select(DocumentTemplate).where(
        DocumentTemplate.key.in_([paper.id for paper in mine]),
        tuple_(DocumentTemplate.key, DocumentTemplate.version).in_(newest),
    )
    found = session.scalars(query).all()
    rows = dict(zip((template.key for template in found), _rows(session, found), strict=True))
    return tuple(KeptPaper(paper, (rows.get(paper.id) or _first(paper),)) for paper in mine)


def kept_versions(session: Session, actor: Actor, paper_id: str, *, before: int | None = None) -> KeptPaper:
    """The newest first, the one of the program last. Raises PaperNotFound and NotYoursToKeep."""
    paper = kept_paper(paper_id, actor)
    query = select(DocumentTemplate).where(DocumentTemplate.key == paper_id).order_by(DocumentTemplate.version.desc())
    if before is not None:
        query = query.where(DocumentTemplate.version < before)
    found = session.scalars(query.limit(PAGE + 1)).all()
    rows = _rows(session, found[:PAGE])
    if len(found) > PAGE:
        return KeptPaper(paper, rows, before=rows[-1].version)
    return KeptPaper(paper, (*rows, _first(paper)))


def template_content(session: Session, actor: Actor, paper_id: str, version: int, *, store: DocumentStore) -> bytes:
    """Raises PaperNotFound, TemplateNotFound and NotYoursToKeep."""
    paper = kept_paper(paper_id, actor)
    if version == 0:
        return first_template(paper)
    query = select(DocumentTemplate.sha256).where(DocumentTemplate.key == paper_id, DocumentTemplate.version == version)
    sha256 = session.scalar(query)
    if sha256 is None:
        raise TemplateNotFound(version=version)
    return store.get(sha256)


def _rows(session: Session, found: Sequence[DocumentTemplate]) -> tuple[TemplateRow, ...]:
    people = people_by_id(session, [template.put_by for template in found])
    return tuple(_row(template, people.get(template.put_by, ("", ""))[1]) for template in found)


def _row(template: DocumentTemplate, name: str) -> TemplateRow:
    return TemplateRow(
        version=template.version,
        sha256=template.sha256,
        size=template.size,
        filename=template.filename,
        reason=template.reason,
        restores=template.restores,
        put_by_name=name,
        put_at=template.put_at,
    )


def _first(paper: Paper) -> TemplateRow:
    content = first_template(paper)
    return TemplateRow(0, sha256_hex(content), len(content), f"{paper.key}.docx", "", None, "", None)

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.command import Command
from engine.definitions.paper import Paper
from engine.former_versions import KnownBundles
from engine.media_types import DOCX, PDF
from engine.model import Document
from engine.model.base_model import new_id
from engine.model.document import SHOWN, DocumentStatus
from engine.papers import (
    FactsChanged,
    NotForYouToMake,
    PaperNotReady,
    circle_of,
    digest_of,
    facts_of,
    is_ready,
    may_make,
    paper_of,
)
from engine.work import Work

MEDIA_TYPES = {"pdf": PDF, "docx": DOCX}


@dataclass(frozen=True, kw_only=True)
class KeepPaper(Command[str]):
    """File a paper that was made from the facts of a case; the same facts and template give the one that is there."""

    case_id: str
    key: str
    kind: str
    content: bytes = field(repr=False)
    facts_sha256: str
    template: int = 0

    def execute(self, work: Work) -> str:
        folder = work.lock_case(self.case_id, clocks_first=False)
        paper = paper_of(folder.case, self.key)
        if not may_make(paper, folder.case, work.actor):
            raise NotForYouToMake()
        if not is_ready(paper, folder.words):
            raise PaperNotReady()
        bundles = KnownBundles(work.session, work.catalogue, folder.case)
        if digest_of(facts_of(paper, folder.words, bundles, work.session)) != self.facts_sha256:
            raise FactsChanged()
        origin = {"paper": self.key, "kind": self.kind, "template": self.template, "facts_sha256": self.facts_sha256}
        before = self._newest(work)
        sha256 = work.documents.put(self.content)
        if before is not None and before.origin == origin and before.sha256 == sha256:
            return before.id
        return self._file(folder, paper, sha256=sha256, origin=origin, before=before)

    def _newest(self, work: Work) -> Document | None:
        mine = (Document.case_id == self.case_id, Document.field == self._field, Document.status.in_(SHOWN))
        return work.session.scalars(select(Document).where(*mine).order_by(Document.version.desc()).limit(1)).first()

    @property
    def _field(self) -> str:
        return f"paper:{self.key}:{self.kind}"

    def _file(
        self, folder: CaseWork, paper: Paper, *, sha256: str, origin: Mapping[str, Any], before: Document | None
    ) -> str:
        id_ = new_id()
        document = Document(
            id=id_,
            case_id=folder.case.id,
            series_id=before.series_id if before else id_,
            version=before.version + 1 if before else 1,
            circle=circle_of(paper, folder.words),
            field=self._field,
            name=f"{paper.name}（{folder.case.number}）.{self.kind}",
            media_type=MEDIA_TYPES[self.kind],
            size=len(self.content),
            sha256=sha256,
            status=DocumentStatus.FINAL,
            origin=dict(origin),
            uploaded_by=folder.work.actor.person_id,
            on_behalf_of_id=folder.work.acts_for_id,
            uploaded_at=folder.work.now,
        )
        folder.work.session.add(document)
        folder.record("paper_made", details={"document": id_, "sha256": sha256, "name": paper.name, **origin})
        return id_

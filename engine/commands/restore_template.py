from dataclasses import dataclass

from sqlalchemy import select

from engine.command import Command
from engine.commands.replace_template import put_template
from engine.model import DocumentTemplate
from engine.model.case import must_give_reason
from engine.papers import TemplateNotFound, kept_paper
from engine.word.first_template import first_template
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RestoreTemplate(Command[int]):
    """Go back to an older Word template of a paper, with a reason; it becomes the newest version."""

    paper: str
    version: int
    reason: str

    def about(self) -> dict[str, str]:
        return {"paper": self.paper}

    def execute(self, work: Work) -> int:
        paper = kept_paper(self.paper, work.actor)
        must_give_reason(self.reason)
        if self.version == 0:
            content = first_template(paper)
            facts = {"sha256": work.documents.put(content), "size": len(content), "filename": f"{paper.key}.docx"}
        else:
            old = self._old(work)
            facts = {"sha256": old.sha256, "size": old.size, "filename": old.filename}
        return put_template(work, paper, **facts, reason=self.reason, restores=self.version)

    def _old(self, work: Work) -> DocumentTemplate:
        query = select(DocumentTemplate).where(
            DocumentTemplate.key == self.paper, DocumentTemplate.version == self.version
        )
        found = work.session.scalars(query).first()
        if found is None:
            raise TemplateNotFound(version=self.version)
        return found

from dataclasses import dataclass, field

from engine.actor import Actor
from engine.command import Command
from engine.commands.upload_document import plain_name
from engine.definitions.paper import Paper
from engine.model import DocumentTemplate
from engine.model.base_model import new_id
from engine.model.case import must_give_reason
from engine.papers import kept_paper, template_of
from engine.word.templates import TemplateUnusable, as_problems, check_template
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ReplaceTemplate(Command[int]):
    """Put another Word template in place for a paper, after it was checked and tried; gives its version."""

    paper: str
    filename: str
    content: bytes = field(repr=False)
    reason: str

    def about(self) -> dict[str, str]:
        return {"paper": self.paper}

    def uploads(self) -> tuple[bytes, ...]:
        return (self.content,)

    def prepare(self, actor: Actor) -> None:
        paper = kept_paper(self.paper, actor)
        must_give_reason(self.reason)
        found = check_template(self.content, paper)
        if found:
            raise TemplateUnusable(problems=as_problems(found))

    def execute(self, work: Work) -> int:
        paper = kept_paper(self.paper, work.actor)
        sha256 = work.documents.put(self.content)
        return put_template(
            work, paper, sha256=sha256, size=len(self.content), filename=plain_name(self.filename), reason=self.reason
        )


def put_template(
    work: Work, paper: Paper, *, sha256: str, size: int, filename: str, reason: str, restores: int | None = None
) -> int:
    """A new version; two at the same moment get two numbers, the loser tries again."""
    newest = template_of(work.session, paper)
    version = newest.version + 1 if newest else 1
    work.session.add(
        DocumentTemplate(
            id=new_id(),
            key=paper.id,
            version=version,
            sha256=sha256,
            size=size,
            filename=filename,
            reason=reason.strip(),
            restores=restores,
            put_by=work.actor.person_id,
            put_at=work.now,
        )
    )
    work.record(
        "template_replaced",
        reason=reason,
        details={"paper": paper.id, "version": version, "sha256": sha256, "restores": restores},
    )
    return version

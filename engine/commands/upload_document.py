from dataclasses import dataclass, field

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.media_types import sniffed
from engine.model import Document
from engine.model.base_model import new_id
from engine.taking import whom_for
from engine.work import Work

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 200


class DocumentTooLarge(Rejected):
    """A document may hold at most 20 MB."""


class DocumentKindUnknown(Rejected):
    """Only PDF, OFD, JPEG, PNG, Word (docx), Excel (xlsx) and recordings of speech are taken, by their content."""


@dataclass(frozen=True, kw_only=True)
class UploadDocument(Command[str]):
    """Add a file to the form of a task that you hold or may start, or (without task) of a form to start a case."""

    field_key: str
    filename: str
    media_type: str
    content: bytes = field(repr=False)
    task_id: str | None = None

    def execute(self, work: Work) -> str:
        kind = kind_of(self.content, path=self.field_key)
        case_id = self._case_of_task(work)
        document = Document(
            id=new_id(),
            case_id=case_id,
            task_id=self.task_id,
            field=self.field_key,
            name=plain_name(self.filename),
            media_type=kind,
            size=len(self.content),
            sha256=work.documents.put(self.content),
            uploaded_by=work.actor.person_id,
            on_behalf_of_id=work.acts_for_id,
            uploaded_at=work.now,
        )
        work.session.add(document)
        return document.id

    def uploads(self) -> tuple[bytes, ...]:
        return (self.content,)

    def about(self) -> dict[str, str]:
        return {"task_id": self.task_id} if self.task_id else {}

    def _case_of_task(self, work: Work) -> str | None:
        if self.task_id is None:
            return None
        folder, task = work.lock_task(self.task_id)
        if task.discretionary:  # nobody holds it before it is handed in
            task.must_be_open()
            whom_for(folder, task)
        else:
            task.must_be_held(by=work.actor)
        return folder.case.id


def kind_of(content: bytes, *, path: str) -> str:
    """The media type. Raises DocumentTooLarge and DocumentKindUnknown."""
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(problems=[Problem(path=path, code="file_too_large")])
    kind = sniffed(content)
    if kind is None:
        raise DocumentKindUnknown(problems=[Problem(path=path, code="file_kind")])
    return kind


def plain_name(name: str) -> str:
    """The last part of a path, printable characters only."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*')[-MAX_NAME:] or "file"

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, NotAllowed, NotFound
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class NoteNotFound(NotFound):
    """There is no such note, or it is not for your eyes."""


class NotTheAuthor(NotAllowed):
    """Only the person who wrote a note can withdraw it."""


class NoteWithdrawn(Conflict):
    """The note was withdrawn already."""


class Note(Model):
    """What somebody wrote beside a case, for one circle of its readers; never changed, at most withdrawn.

    `mentions` are the ids of those who were told of it.
    """

    __tablename__ = "note"
    __table_args__ = (Index(None, "case_id", "circle", "at", "id"), Index(None, "task_id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    circle: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def withdraw(self, *, by: str, at: datetime) -> None:
        if self.author_id != by:
            raise NotTheAuthor()
        if self.withdrawn_at is not None:
            raise NoteWithdrawn()
        self.text, self.withdrawn_at = "", at

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, NotFound
from engine.model.base_model import Id, Model, UtcDateTime, new_id


class MailNotFound(NotFound):
    """There is no such mail."""


class MailNotFailed(Conflict):
    """Only a mail that was refused or given up can be sent again."""


class MailKind(StrEnum):
    NOTICE = "notice"
    DIGEST = "digest"
    CONFIRMATION = "confirmation"


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"
    DROPPED = "dropped"


FAILURES = (MailState.REFUSED, MailState.FAILED)


class Mail(Model):
    """One message to one person. Its text is made when it is sent; `message_id` is the same at every try.

    `answer` is what the mail server said last. While `taken_until` lies ahead, somebody is sending it.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_time"),
        Index(None, "state", "created_at", "id"),
        Index(None, "person_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[str] = mapped_column(String(100), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def settle(self, state: MailState, *, at: datetime, answer: str | None = None) -> None:
        self.state, self.taken_until = state, None
        self.answer = answer[:1000] if answer else self.answer
        self.sent_at = at if state == MailState.SENT else None

    def send_again(self) -> None:
        if self.state not in FAILURES:
            raise MailNotFailed(state=self.state)
        self.state, self.attempts, self.taken_until = MailState.WAITING, 0, None

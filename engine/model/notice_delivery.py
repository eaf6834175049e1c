from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime

_WAITS = text("mail_id IS NULL AND dropped IS NULL")


class NoticeDelivery(Model):
    """A notice that goes by mail: when, alone or with the digest, in which mail; or why it was not sent after all."""

    __tablename__ = "notice_delivery"
    __table_args__ = (
        Index(
            "ix_notice_delivery_waiting", "person_id", "due_at", sqlite_where=_WAITS, postgresql_where=_WAITS
        ),
        Index(None, "mail_id"),
    )  # fmt: skip

    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    is_digest: Mapped[bool] = mapped_column()
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mail_id: Mapped[str | None] = mapped_column(Id, ForeignKey("mail.id"))
    dropped: Mapped[str | None] = mapped_column(String(16))

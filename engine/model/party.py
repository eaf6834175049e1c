from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id


class Party(Model):
    """A person has a role in a case (职工方首席代表, 企业经办人 …)."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("case_id", "role", "person_id"), Index(None, "person_id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    role: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    appointed_at: Mapped[datetime] = mapped_column(UtcDateTime)

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id

# The roles in which experts work on a case.
EXPERT, LEAD_EXPERT = "expert", "lead_expert"
# As text: a partial index is of use only to a query that says the same.
IS_EXPERT = text(f"party.role IN ('{EXPERT}', '{LEAD_EXPERT}')")
_IS_EXPERT = text(f"role IN ('{EXPERT}', '{LEAD_EXPERT}')")


class Party(Model):
    """A person has a role in a case (职工方首席代表, 企业经办人 …)."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("case_id", "role", "person_id"),
        Index(None, "person_id"),
        Index("ix_party_expert", "person_id", "case_id", postgresql_where=_IS_EXPERT, sqlite_where=_IS_EXPERT),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    role: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    appointed_at: Mapped[datetime] = mapped_column(UtcDateTime)

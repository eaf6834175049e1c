from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class StandIn(Model):
    """Somebody acts for a person who is away, from `starts_on` to `ends_on`, both inclusive (代理).

    `groups` are the groups whose work is passed on, with `IN_PERSON` for what is addressed to the person by name;
    `processes` are the processes; None is all. Rows stay: acts of that time name the person who was away.
    """

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("person_id <> stand_in_id", name="somebody_else"),
        CheckConstraint("starts_on <= ends_on", name="ends_after_it_begins"),
        Index(None, "stand_in_id", "ends_on"),
        Index(None, "person_id", "ends_on"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    stand_in_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    groups: Mapped[list[str] | None] = mapped_column(ExactJson)
    processes: Mapped[list[str] | None] = mapped_column(ExactJson)
    reason: Mapped[str] = mapped_column(String(500))
    named_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    def is_in_force(self, *, on: date) -> bool:
        return self.ended_at is None and self.starts_on <= on <= self.ends_on

    def is_over(self, *, on: date) -> bool:
        return self.ended_at is not None or self.ends_on < on

    def shares_days_with(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on <= ends_on and starts_on <= self.ends_on

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.actor import Actor, Membership
from engine.model.base_model import Id, Model, UtcDateTime, new_id


class Person(Model):
    """Somebody who can sign in. People who left keep their row: history names them."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8), default="zh")
    phone: Mapped[str | None] = mapped_column(String(20))
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    memberships: Mapped[list["GroupMembership"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    def as_actor(self, session_id: str | None = None) -> Actor:
        """Needs `memberships` loaded."""
        return Actor(
            person_id=self.id,
            username=self.username,
            name=self.name,
            memberships=tuple(m.as_membership() for m in self.memberships),
            locale=self.locale,
            session_id=session_id,
        )


class GroupMembership(Model):
    """A person is in a group: for one organisation, for one town, or (both empty) for the whole city."""

    __tablename__ = "group_membership"
    __table_args__ = (Index(None, "organisation_id", "group"), Index(None, "group", "town"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    group: Mapped[str] = mapped_column(String(64))
    town: Mapped[str | None] = mapped_column(String(64))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))

    def as_membership(self) -> Membership:
        return Membership(group=self.group, town=self.town, organisation_id=self.organisation_id)

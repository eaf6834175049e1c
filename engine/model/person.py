from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.actor import Actor, Membership
from engine.groups import THREE_ADMINISTRATORS
from engine.model.base_model import Id, Model, UtcDateTime, new_id

_IS_ADMINISTRATOR = text('"group" IN ({})'.format(", ".join(f"'{group}'" for group in sorted(THREE_ADMINISTRATORS))))


class Person(Model):
    """Somebody who can sign in. People who left keep their row: history names them."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "organisation_id", "left_at"), Index(None, "name", "id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    # None until the person has chosen a password with an invitation code.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8), default="zh")
    phone: Mapped[str | None] = mapped_column(String(20))
    post: Mapped[str | None] = mapped_column(String(100))
    # Where they work; what they may do there is said by their memberships.
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column()
    memberships: Mapped[list["GroupMembership"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    @property
    def subject(self) -> str:
        """Their name in the chain of administration."""
        return f"person:{self.id}"

    def describe(self, facts: Mapping[str, Any]) -> list[str]:
        """Take over columns; gives the names of those that changed."""
        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, facts[name])
        return changed

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
    """A person is in a group now: for one organisation, for one town, or (both empty) for the whole city.

    `ends_on` is the last day of a term; the row goes when it is over. Nobody is two of the three administrators.
    """

    __tablename__ = "group_membership"
    __table_args__ = (
        Index(None, "organisation_id", "group"),
        Index(None, "group", "town"),
        Index(None, "ends_on"),
        Index(
            "uq_group_membership_one_administrator",
            "person_id",
            unique=True,
            sqlite_where=_IS_ADMINISTRATOR,
            postgresql_where=_IS_ADMINISTRATOR,
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    group: Mapped[str] = mapped_column(String(64))
    town: Mapped[str | None] = mapped_column(String(64))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    since: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)

    def as_membership(self) -> Membership:
        return Membership(group=self.group, town=self.town, organisation_id=self.organisation_id)


class ComingMembership(Model):
    """A membership that begins on a later day; it becomes a `GroupMembership` then."""

    __tablename__ = "coming_membership"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    group: Mapped[str] = mapped_column(String(64))
    town: Mapped[str | None] = mapped_column(String(64))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date] = mapped_column(Date, index=True)
    ends_on: Mapped[date | None] = mapped_column(Date)

    def as_membership(self) -> Membership:
        return Membership(group=self.group, town=self.town, organisation_id=self.organisation_id)

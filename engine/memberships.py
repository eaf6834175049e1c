"""Granting and ending what people may do: where a group counts, and that nobody is two administrators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Conflict, NotAllowed, Problem
from engine.groups import PLACES, THREE_ADMINISTRATORS, Place
from engine.model import ComingMembership, GroupMembership, Organisation, Person
from engine.model.base_model import new_id
from engine.model.organisation import OrganisationKind
from engine.registry import towns
from engine.work import Work


class NotToYourself(NotAllowed):
    """Nobody grants or ends rights of their own."""


class LastAdministrator(Conflict):
    """The system needs at least one of each of the three administrators."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What is to be granted: a group, where, and for how long."""

    group: str
    town: str | None = None
    organisation_id: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def facts(self, session: Session) -> dict[str, str]:
        """For the history: only what is there."""
        place = session.get(Organisation, self.organisation_id) if self.organisation_id else None
        found = {
            "group": self.group,
            "town": self.town,
            "organisation": place.name if place else None,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }
        return {name: value for name, value in found.items() if value}


def problems_of(session: Session, person: Person, grant: Grant, *, today: date) -> list[Problem]:
    """Why this person cannot be granted that; paths are the fields of the form `membership`."""
    if grant.group not in PLACES:
        return [Problem(path="group", code="not_an_option")]
    found = [*_misplaced(session, grant), *_misdated(grant, today)]
    held = [*person.memberships, *coming(session, person.id)]
    if any((m.group, m.town, m.organisation_id) == (grant.group, grant.town, grant.organisation_id) for m in held):
        found.append(Problem(path="group", code="already_member"))
    other = THREE_ADMINISTRATORS - {grant.group}
    if grant.group in THREE_ADMINISTRATORS and any(m.group in other for m in held):
        found.append(Problem(path="group", code="one_administrator_only"))
    return found


def coming(session: Session, person_id: str) -> list[ComingMembership]:
    query = select(ComingMembership).where(ComingMembership.person_id == person_id)
    return list(session.scalars(query.order_by(ComingMembership.starts_on, ComingMembership.id)))


def write_grant(work: Work, person: Person, grant: Grant) -> str:
    """In force at once, or a row that waits for its first day; gives its id."""
    place = {"group": grant.group, "town": grant.town, "organisation_id": grant.organisation_id}
    facts = {"id": new_id(), "person_id": person.id, **place, "ends_on": grant.ends_on}
    if grant.starts_on is not None and grant.starts_on > work.today:
        made: ComingMembership | GroupMembership = ComingMembership(**facts, starts_on=grant.starts_on)
        work.session.add(made)
    else:
        made = GroupMembership(**facts, since=work.today)
        person.memberships.append(made)
    return made.id


def must_not_be_last_administrator(session: Session, person: Person, groups: Iterator[str] | set[str]) -> None:
    """Raises LastAdministrator when nobody else holds one of these groups; locks those who do."""
    for group in sorted(THREE_ADMINISTRATORS.intersection(groups)):
        query = select(GroupMembership.person_id).join(Person, Person.id == GroupMembership.person_id)
        query = query.where(GroupMembership.group == group, Person.left_at.is_(None)).with_for_update()
        if set(session.scalars(query)) <= {person.id}:
            raise LastAdministrator(group=group)


def _misplaced(session: Session, grant: Grant) -> Iterator[Problem]:
    place = PLACES[grant.group]
    if place is Place.TOWN and grant.town is None:
        yield Problem(path="town", code="required")
    if grant.town is not None and (place in (Place.CITY, Place.ENTERPRISE) or grant.town not in towns(session)):
        yield Problem(path="town", code="not_an_option")
    found = session.get(Organisation, grant.organisation_id) if grant.organisation_id else None
    if place is Place.ENTERPRISE and (found is None or found.kind != OrganisationKind.ENTERPRISE):
        yield Problem(path="organisation", code="unknown_enterprise" if grant.organisation_id else "required")
    if place is not Place.ENTERPRISE and grant.organisation_id is not None:
        yield Problem(path="organisation", code="not_an_option")


def _misdated(grant: Grant, today: date) -> Iterator[Problem]:
    if grant.starts_on is not None and grant.starts_on < today:
        yield Problem(path="starts_on", code="in_the_past")
    if grant.ends_on is not None and grant.ends_on < (grant.starts_on or today):
        yield Problem(path="ends_on", code="ends_before_it_begins")

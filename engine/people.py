"""People by id and name, the people a form may name (parties, members of the enterprise), those behind an audience."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, selectinload

from engine.errors import NotFound
from engine.model import Case, GroupMembership, Person
from engine.permissions import PERSON

MOST_MEMBERS = 500
ENTERPRISE_SCOPE = "enterprise"


class PersonNotFound(NotFound):
    """There is no such person."""


class Named(NamedTuple):
    """Somebody of whom nothing else is needed."""

    username: str
    name: str


def known_person(session: Session, person_id: str, *, lock: bool = False) -> Person:
    """With memberships, and if asked for locked. Raises PersonNotFound."""
    query = select(Person).where(Person.id == person_id).options(selectinload(Person.memberships))
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    found = session.scalars(query).first()
    if found is None:
        raise PersonNotFound(person_id=person_id)
    return found


def person_named(session: Session, username: str) -> Person | None:
    """Somebody who has not left, with memberships."""
    query = select(Person).where(Person.username == username, Person.left_at.is_(None))
    return session.scalars(query.options(selectinload(Person.memberships))).first()


def people_options(session: Session, case: Case | None, *, enterprise_id: str | None) -> list[dict[str, Any]]:
    """`[{label, value, scopes}]`: the username is the value; scopes are groups, party roles and "enterprise".

    Official papers show names; the username is added only where two people have the same name.
    """
    seats = _seats(session, case, enterprise_id)
    people = sorted(seats, key=by_sound)
    named = Counter(person.name for person in people)
    labels = {p: p.name if named[p.name] == 1 else f"{p.name}（{p.username}）" for p in people}
    scopes = {p: _scopes(p.username, seats[p], case, enterprise_id) for p in people}
    return [{"label": labels[p], "value": p.username, "scopes": scopes[p]} for p in people]


def _seats(session: Session, case: Case | None, enterprise_id: str | None) -> Mapping[Named, list[Row[Any]]]:
    """Groups and organisations of the members of the enterprise and of the parties; forms ask this often."""
    parties = {pid for people in (case.parties if case else {}).values() for pid in people.values()}
    members = select(GroupMembership.person_id).where(GroupMembership.organisation_id == enterprise_id)
    chosen = Person.id.in_(parties) | Person.id.in_(members) if enterprise_id else Person.id.in_(parties)
    query = select(Person.username, Person.name, GroupMembership.group, GroupMembership.organisation_id)
    query = query.outerjoin(GroupMembership, GroupMembership.person_id == Person.id)
    found: dict[Named, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query.where(chosen, Person.left_at.is_(None))):
        found[Named(row.username, row.name)].append(row)
    return found


def _scopes(username: str, seats: Iterable[Row[Any]], case: Case | None, enterprise_id: str | None) -> list[str]:
    groups = {seat.group for seat in seats if seat.group}
    inside = any(seat.organisation_id == enterprise_id for seat in seats if seat.organisation_id)
    roles = {role for role, people in (case.parties if case else {}).items() if username in people}
    return sorted(groups | roles | ({ENTERPRISE_SCOPE} if inside else set()))


def by_sound(person: Person | Named) -> tuple[bytes, str]:
    """GB 18030 has the common characters in the order of their sound, as people look names up."""
    return person.name.encode("gb18030"), person.username


def members_behind(session: Session, audiences: Iterable[str]) -> list[str]:
    """Person ids behind audiences; `<group>@*` is the whole city's, `<group>@<town>` a town's members."""
    keys = list(audiences)
    people = [key.removeprefix(PERSON) for key in keys if key.startswith(PERSON)]
    for key in (key for key in keys if "@" in key):
        group, _, place = key.partition("@")
        query = select(GroupMembership.person_id).where(GroupMembership.group == group)
        people += session.scalars(_placed(query, place).limit(MOST_MEMBERS))
    return list(dict.fromkeys(people))


def _placed(query: Any, place: str) -> Any:
    if place.startswith("org:"):
        return query.where(GroupMembership.organisation_id == place.removeprefix("org:"))
    inside = query.where(GroupMembership.organisation_id.is_(None))
    return inside.where(GroupMembership.town.is_(None) if place == "*" else GroupMembership.town == place)

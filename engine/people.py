"""People by id and name, the people a form may name (parties, members of the enterprise), those behind an audience."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.errors import NotFound
from engine.model import Case, GroupMembership, Person
from engine.permissions import PERSON

MOST_MEMBERS = 500
ENTERPRISE_SCOPE = "enterprise"


class PersonNotFound(NotFound):
    """There is no such person."""


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
    """`[{label, value, scopes}]`: the username is the value; scopes are groups, party roles and "enterprise"."""
    parties = {pid for people in (case.parties if case else {}).values() for pid in people.values()}
    members = select(GroupMembership.person_id).where(GroupMembership.organisation_id == enterprise_id)
    chosen = Person.id.in_(parties) | Person.id.in_(members) if enterprise_id else Person.id.in_(parties)
    query = select(Person).where(chosen, Person.left_at.is_(None)).options(selectinload(Person.memberships))
    people = sorted(session.scalars(query), key=by_sound)
    named = Counter(person.name for person in people)
    return [_option(p, case, enterprise_id, is_unique=named[p.name] == 1) for p in people]


def by_sound(person: Person) -> tuple[bytes, str]:
    """GB 18030 has the common characters in the order of their sound, as people look names up."""
    return person.name.encode("gb18030"), person.username


def _option(person: Person, case: Case | None, enterprise_id: str | None, *, is_unique: bool) -> dict[str, Any]:
    """Official papers show names; the username is added only where two people have the same name."""
    groups = {m.group for m in person.memberships}
    inside = any(m.organisation_id == enterprise_id for m in person.memberships if m.organisation_id)
    roles = {role for role, people in (case.parties if case else {}).items() if person.username in people}
    scopes = sorted(groups | roles | ({ENTERPRISE_SCOPE} if inside else set()))
    label = person.name if is_unique else f"{person.name}（{person.username}）"
    return {"label": label, "value": person.username, "scopes": scopes}


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

"""The register of organisations, for system and security administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.groups import ADMINISTRATORS, SECURITY
from engine.model import GroupMembership, Organisation, Person
from engine.organisations import known_organisation
from engine.permissions import must_be_in
from engine.queries.paging import Page, page_of


@dataclass(frozen=True)
class OrganisationLine:
    """`people` have an account here; `staff` is what the enterprise file says."""

    id: str
    kind: str
    name: str
    uscc: str | None
    town: str | None
    people: int
    staff: int | None


@dataclass(frozen=True)
class OrganisationFile:
    """`answers` fill its form; `groups` count its people by group."""

    id: str
    kind: str
    name: str
    uscc: str | None
    town: str | None
    answers: Mapping[str, Any]
    groups: Mapping[str, int]
    people: int
    version: int


@dataclass(frozen=True)
class OrganisationFilter:
    """`text` looks in name and credit code."""

    text: str | None = None
    kind: str | None = None
    town: str | None = None


def organisations(
    session: Session, actor: Actor, *, filters: OrganisationFilter, cursor: str | None = None, limit: int = 50
) -> Page[OrganisationLine]:
    """By kind and name."""
    must_be_in(actor, ADMINISTRATORS, SECURITY)
    query = _filtered(select(Organisation), filters)
    key = ((Organisation.kind, str), (Organisation.name, str), (Organisation.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit)
    counts = people_by_organisation(session, [o.id for o in page.items])
    return page.of(_line(o, counts.get(o.id, 0)) for o in page.items)


def organisation_file(session: Session, actor: Actor, organisation_id: str) -> OrganisationFile:
    """Raises OrganisationNotFound."""
    must_be_in(actor, ADMINISTRATORS, SECURITY)
    found = known_organisation(session, organisation_id)
    here = GroupMembership.organisation_id == organisation_id
    groups = select(GroupMembership.group, func.count()).where(here).group_by(GroupMembership.group)
    return OrganisationFile(
        id=found.id,
        kind=found.kind,
        name=found.name,
        uscc=found.uscc,
        town=found.town,
        answers=found.answers(),
        groups=dict(sorted(session.execute(groups).all())),
        people=people_by_organisation(session, [found.id]).get(found.id, 0),
        version=found.lock_version,
    )


def people_by_organisation(session: Session, ids: list[str]) -> dict[str, int]:
    """How many people work there now."""
    query = select(Person.organisation_id, func.count()).where(
        Person.organisation_id.in_(ids), Person.left_at.is_(None)
    )
    return dict(session.execute(query.group_by(Person.organisation_id)).all()) if ids else {}


def _line(found: Organisation, people: int) -> OrganisationLine:
    staff = found.profile.get("staff_total")
    return OrganisationLine(found.id, found.kind, found.name, found.uscc, found.town, people, staff)


def _filtered(query: Select[Any], filters: OrganisationFilter) -> Select[Any]:
    if filters.text:
        like = "%" + filters.text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        places = (Organisation.name, Organisation.uscc)
        query = query.where(or_(*(place.ilike(like, escape="\\") for place in places)))
    query = query.where(Organisation.kind == filters.kind) if filters.kind else query
    return query.where(Organisation.town == filters.town) if filters.town else query

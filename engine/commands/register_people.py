from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.definitions.form.identifiers import uscc_flaw
from engine.errors import Problem, Rejected
from engine.groups import GROUPS, THREE_ADMINISTRATORS
from engine.model import GroupMembership, Organisation, Person
from engine.model.base_model import new_id
from engine.model.organisation import OrganisationKind
from engine.passwords import hashed
from engine.work import Work


class EnrolmentUnknown(Rejected):
    """A person is to join a group or an enterprise that does not exist, or an entry is wrong in itself."""


@dataclass(frozen=True, kw_only=True)
class OrganisationEntry:
    name: str
    kind: str = OrganisationKind.ENTERPRISE
    uscc: str | None = None
    town: str | None = None
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """A group, inside an enterprise (by name), in a town, or in the whole city (both empty)."""

    group: str
    town: str | None = None
    enterprise: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    """`organisation` is where they work, by name; of people of an enterprise their enrolments say it."""

    username: str
    name: str
    enrolments: tuple[Enrolment, ...] = ()
    organisation: str | None = None

    @property
    def employer(self) -> str | None:
        return self.organisation or next((e.enterprise for e in self.enrolments if e.enterprise), None)


@dataclass(frozen=True, kw_only=True)
class RegisterPeople(Command[int]):
    """Enter the first organisations and people with one first password; who is known already stays as they are.

    Gives the number of new people. Only the operator of the system can, at its terminal: three administrators who
    are to watch one another cannot appoint themselves.
    """

    organisations: tuple[OrganisationEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    password: str = field(repr=False, default="")

    def execute(self, work: Work) -> int:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        places_entered = self._enter_organisations(work)
        places = {place.name: place.id for place in work.session.scalars(select(Organisation))}
        known = set(work.session.scalars(select(Person.username)))
        new = [person for person in self.people if person.username not in known]
        _check(new, places)
        password_hash = hashed(self.password) if new else ""
        for entry in new:
            _enter_person(work, entry, password_hash=password_hash, places=places)
        if new or places_entered:
            facts = {"organisations": places_entered, "people": [entry.username for entry in new]}
            work.administer("people_registered", details=facts)
        return len(new)

    def about(self) -> dict[str, str]:
        return {}

    def _enter_organisations(self, work: Work) -> list[str]:
        known = set(work.session.scalars(select(Organisation.name)))
        new = [o for o in self.organisations if o.name not in known]
        flaws = [(o, uscc_flaw(o.uscc)) for o in new if o.uscc]
        wrong = [Problem(path=f"organisations.{o.name}.uscc", code=f[0], params=f[1]) for o, f in flaws if f]
        if wrong:
            raise EnrolmentUnknown(problems=wrong)
        work.session.add_all(
            Organisation(kind=o.kind, name=o.name, uscc=o.uscc, town=o.town, profile=dict(o.profile)) for o in new
        )
        work.session.flush()
        return [o.name for o in new]


def _check(people: list[PersonEntry], places: Mapping[str, str]) -> None:
    wrong = []
    for person in people:
        groups, named = [e.group for e in person.enrolments], [e.enterprise for e in person.enrolments]
        if not GROUPS.issuperset(groups) or {*named, person.organisation} - {None} - places.keys():
            wrong.append(Problem(path=f"people.{person.username}", code="not_an_option"))
        if len(THREE_ADMINISTRATORS.intersection(groups)) > 1:
            wrong.append(Problem(path=f"people.{person.username}", code="one_administrator_only"))
    if wrong:
        raise EnrolmentUnknown(problems=wrong)


def _enter_person(work: Work, entry: PersonEntry, *, password_hash: str, places: Mapping[str, str]) -> None:
    employer = places[entry.employer] if entry.employer else None
    person = Person(
        id=new_id(), username=entry.username, name=entry.name, password_hash=password_hash, organisation_id=employer
    )
    person.memberships = [
        GroupMembership(
            group=enrolment.group,
            town=enrolment.town,
            organisation_id=places[enrolment.enterprise] if enrolment.enterprise else None,
        )
        for enrolment in entry.enrolments
    ]
    work.session.add(person)

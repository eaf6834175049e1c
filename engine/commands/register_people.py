from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.groups import ADMINISTRATORS, GROUPS
from engine.model import GroupMembership, Organisation, Person
from engine.model.base_model import new_id
from engine.model.organisation import OrganisationKind
from engine.passwords import hashed
from engine.permissions import must_be_in
from engine.work import Work


class EnrolmentUnknown(Rejected):
    """A person is to join a group or an enterprise that does not exist."""


@dataclass(frozen=True, kw_only=True)
class EnterpriseEntry:
    name: str
    uscc: str
    town: str
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """A group, inside an enterprise (by name), in a town, or in the whole city (both empty)."""

    group: str
    town: str | None = None
    enterprise: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    username: str
    name: str
    enrolments: tuple[Enrolment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterPeople(Command[int]):
    """Enter enterprises and people with one first password; who is known already stays as they are.

    Gives the number of new people.
    """

    enterprises: tuple[EnterpriseEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    password: str = field(repr=False)

    def execute(self, work: Work) -> int:
        must_be_in(work.actor, ADMINISTRATORS)
        self._enter_enterprises(work)
        places = {place.name: place.id for place in work.session.scalars(select(Organisation))}
        self._check(places)
        known = set(work.session.scalars(select(Person.username)))
        new = [person for person in self.people if person.username not in known]
        password_hash = hashed(self.password) if new else ""
        for entry in new:
            _enter_person(work, entry, password_hash=password_hash, places=places)
        if new:
            work.record("people_registered", details={"people": [entry.username for entry in new]})
        return len(new)

    def about(self) -> dict[str, str]:
        return {}

    def _enter_enterprises(self, work: Work) -> None:
        known = set(work.session.scalars(select(Organisation.name)))
        work.session.add_all(
            Organisation(
                kind=OrganisationKind.ENTERPRISE, name=e.name, uscc=e.uscc, town=e.town, profile=dict(e.profile)
            )
            for e in self.enterprises
            if e.name not in known
        )
        work.session.flush()

    def _check(self, places: Mapping[str, str]) -> None:
        wrong = [
            Problem(path=f"people.{person.username}", code="not_an_option")
            for person in self.people
            for enrolment in person.enrolments
            if enrolment.group not in GROUPS or (enrolment.enterprise and enrolment.enterprise not in places)
        ]
        if wrong:
            raise EnrolmentUnknown(problems=wrong)


def _enter_person(work: Work, entry: PersonEntry, *, password_hash: str, places: Mapping[str, str]) -> None:
    person = Person(id=new_id(), username=entry.username, name=entry.name, password_hash=password_hash)
    person.memberships = [
        GroupMembership(
            group=enrolment.group,
            town=enrolment.town,
            organisation_id=places[enrolment.enterprise] if enrolment.enterprise else None,
        )
        for enrolment in entry.enrolments
    ]
    work.session.add(person)

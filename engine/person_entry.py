"""What the form of a person must satisfy beyond itself: a user name is one person's, the place of work is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.definitions.form import AnswersRejected
from engine.errors import Problem
from engine.model import Organisation, Person
from engine.registry import registry_form


@dataclass(frozen=True)
class PersonEntry:
    """`facts` are the columns of the person; `organisation` is the name of their place of work."""

    username: str
    facts: Mapping[str, Any]
    organisation: str | None
    subjects: tuple[str, ...]


def accept_person(session: Session, answers: Mapping[str, Any], *, known: Person | None = None) -> PersonEntry:
    """`known` is the person who is edited. Raises AnswersRejected."""
    values = registry_form("person").accept(answers, {}).values
    place = organisation_named(session, values.get("organisation"))
    problems = []
    if values.get("organisation") and place is None:
        problems.append(Problem("organisation", "unknown_organisation"))
    if known is None and session.scalars(select(Person.id).where(Person.username == values["username"])).first():
        problems.append(Problem("username", "username_taken"))
    if problems:
        raise AnswersRejected(problems=problems, form="person")
    facts = {key: values.get(key) for key in ("name", "phone", "post")}
    return PersonEntry(
        username=values["username"],
        facts={**facts, "organisation_id": place.id if place else None},
        organisation=place.name if place else None,
        subjects=(place.subject,) if place else (),
    )


def organisation_named(session: Session, named: str | None) -> Organisation | None:
    """By name or by credit code."""
    if not named:
        return None
    found = select(Organisation).where(or_(Organisation.name == named, Organisation.uscc == named.upper()))
    return session.scalars(found).first()

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from engine.command import Command
from engine.commands.record_leaving import PersonLeft
from engine.definitions.form import AnswersRejected
from engine.errors import Problem
from engine.groups import SECURITY
from engine.memberships import Grant, NotToYourself, problems_of, write_grant
from engine.people import known_person
from engine.permissions import must_be_in
from engine.person_entry import organisation_named
from engine.registry import membership_words, registry_form
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class GrantMembership(Command[str]):
    """Let a person join a group: everywhere, in a town or in an enterprise, for a time if wished; gives its id."""

    person_id: str
    answers: Mapping[str, Any]

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, SECURITY)
        if self.person_id == work.actor.person_id:
            raise NotToYourself()
        person = known_person(work.session, self.person_id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        words = membership_words(work.session, today=work.today)
        values = registry_form("membership").accept(self.answers, words).values
        grant = _grant(work.session, values)
        problems = problems_of(work.session, person, grant, today=work.today)
        if problems:
            raise AnswersRejected(problems=problems, form="membership")
        made = write_grant(work, person, grant)
        facts = {"person": person.username, **grant.facts(work.session)}
        work.administer("membership_granted", person.subject, reason=values["reason"], details=facts)
        return made


def _grant(session: Session, values: Mapping[str, Any]) -> Grant:
    """Raises AnswersRejected for an enterprise that nobody knows."""
    place = organisation_named(session, values.get("organisation"))
    if values.get("organisation") and place is None:
        raise AnswersRejected(problems=[Problem("organisation", "unknown_enterprise")], form="membership")
    return Grant(
        group=values["group"],
        town=values.get("town"),
        organisation_id=place.id if place else None,
        starts_on=_day(values.get("starts_on")),
        ends_on=_day(values.get("ends_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

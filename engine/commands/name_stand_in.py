from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.command import Command
from engine.commands.record_leaving import PersonLeft
from engine.definitions.form import AnswersRejected
from engine.errors import Problem
from engine.groups import SECURITY
from engine.memberships import NotToYourself
from engine.naming_stand_ins import Appointment, problems_of, stand_in_words, write_appointment
from engine.people import known_person, person_named
from engine.permissions import must_be_in
from engine.registry import registry_form
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class NameStandIn(Command[str]):
    """Let a colleague act for you while you are away; or, as security administrator, for somebody; gives its id.

    `person_id` is who is away; without it, the actor.
    """

    answers: Mapping[str, Any]
    person_id: str | None = None

    def execute(self, work: Work) -> str:
        if self.person_id is not None:
            must_be_in(work.actor, SECURITY)
        person = known_person(work.session, self.person_id or work.actor.person_id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        words = stand_in_words(work.session, person, today=work.today)
        values = registry_form("stand_in").accept(self.answers, words).values
        wanted = _appointment(work, values)
        if self.person_id is not None and work.actor.person_id in (person.id, wanted.stand_in.id):
            raise NotToYourself()
        # Two who are named for each other at once must not both find the other still here.
        known_person(work.session, wanted.stand_in.id, lock=True)
        problems = problems_of(work, person, wanted)
        if problems:
            raise AnswersRejected(problems=problems, form="stand_in")
        return write_appointment(work, person, wanted).id


def _appointment(work: Work, values: Mapping[str, Any]) -> Appointment:
    """Raises AnswersRejected for a person whom nobody knows, or who has left."""
    deputy = person_named(work.session, values["stand_in"])
    if deputy is None:
        named = {"person": values["stand_in"]}
        raise AnswersRejected(problems=[Problem("stand_in", "unknown_person", named)], form="stand_in")
    return Appointment(
        stand_in=deputy,
        starts_on=date.fromisoformat(values["starts_on"]),
        ends_on=date.fromisoformat(values["ends_on"]),
        groups=values.get("groups") or None,
        processes=values.get("processes") or None,
        reason=values["reason"],
    )

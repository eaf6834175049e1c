from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.groups import ADMINISTRATORS
from engine.model import Person
from engine.model.base_model import new_id
from engine.permissions import must_be_in
from engine.person_entry import accept_person
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AddPerson(Command[str]):
    """Enter a person, who may do nothing yet and chooses a password with an invitation code; gives their id."""

    answers: Mapping[str, Any]

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, ADMINISTRATORS)
        entry = accept_person(work.session, self.answers)
        person = Person(id=new_id(), username=entry.username, memberships=[])
        person.describe(entry.facts)
        work.session.add(person)
        facts = {"person": person.username, "name": person.name, "organisation": entry.organisation}
        work.administer("person_added", person.subject, *entry.subjects, details=facts)
        return person.id

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.commands.record_leaving import PersonLeft
from engine.errors import Conflict
from engine.groups import ADMINISTRATORS
from engine.people import known_person
from engine.permissions import must_be_in
from engine.person_entry import accept_person
from engine.work import Work


class PersonChanged(Conflict):
    """Somebody else changed the person's entry since it was read."""


@dataclass(frozen=True, kw_only=True)
class EditPerson(Command[int]):
    """Change name, telephone, post or place of work; `seen` is the version that was read, gives the new one."""

    person_id: str
    answers: Mapping[str, Any]
    seen: int

    def execute(self, work: Work) -> int:
        must_be_in(work.actor, ADMINISTRATORS)
        person = known_person(work.session, self.person_id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        if person.lock_version != self.seen:
            raise PersonChanged(version=person.lock_version)
        entry = accept_person(work.session, {**self.answers, "username": person.username}, known=person)
        changed = person.describe(entry.facts)
        if changed:
            # What was there before and after stays out of the history: telephone numbers are nobody else's business.
            facts = {"person": person.username, "changed": changed}
            work.administer("person_edited", person.subject, *entry.subjects, details=facts)
            work.session.flush()
        return person.lock_version

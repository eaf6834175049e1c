from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.commands.record_leaving import PersonLeft
from engine.definitions.form import AnswersRejected
from engine.errors import Conflict, Problem
from engine.experts import accept_expert, expert_words, lines_of, must_keep_experts, write_expert
from engine.model import Person
from engine.people import known_person, person_named
from engine.work import Work


class ExpertChanged(Conflict):
    """Somebody else changed this line of the register of experts since it was read, or it is there already."""


@dataclass(frozen=True, kw_only=True)
class EnterExpert(Command[int]):
    """Enter somebody in the register of experts, or change their line; gives the new version.

    `seen` is the version that was read, 0 for a new line. Without `person_id` the form names the person.
    """

    answers: Mapping[str, Any]
    person_id: str | None = None
    seen: int = 0

    def execute(self, work: Work) -> int:
        must_keep_experts(work.actor)
        person = known_person(work.session, self.person_id or _named(work, self.answers).id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        known = lines_of(work.session, [person]).get(person.id)
        version = known.lock_version if known else 0
        if version != self.seen:
            raise ExpertChanged(version=version)
        answers = {**self.answers, "person": person.username}
        facts = accept_expert(answers, expert_words(work.session, person), person=person, by=work.actor)
        return write_expert(work, person, facts, known=known).lock_version


def _named(work: Work, answers: Mapping[str, Any]) -> Person:
    """Raises AnswersRejected."""
    username = answers.get("person")
    found = person_named(work.session, username) if isinstance(username, str) else None
    if found is None:
        problem = Problem("person", "unknown_person", {"person": username}) if username else None
        raise AnswersRejected(problems=[problem or Problem("person", "required")], form="expert")
    return found

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.command import Command
from engine.definitions.form import AnswersRejected
from engine.errors import Problem
from engine.experts import let_go, own_or_kept_expert
from engine.model import Expert, Person
from engine.registry import registry_form
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SetExpertAbsence(Command[None]):
    """Say from when until when an expert is not to be dispatched; the expert can, and who keeps the register.

    `person_id` is the expert; without it, the actor.
    """

    answers: Mapping[str, Any]
    person_id: str | None = None

    def execute(self, work: Work) -> None:
        expert = own_or_kept_expert(work, self.person_id or work.actor.person_id)
        values = registry_form("expert_absence").accept(self.answers, {"今天": work.today}).values
        first, last = (date.fromisoformat(values[key]) for key in ("absent_from", "absent_until"))
        problems = list(_problems(expert, first, last, today=work.today))
        if problems:
            raise AnswersRejected(problems=problems, form="expert_absence")
        expert.absent_from, expert.absent_until, expert.changed_at = first, last, work.now
        let_go(work, expert.person_id, on=first)
        person = work.session.get_one(Person, expert.person_id)
        days = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
        work.administer("expert_absence_set", person.subject, details={"person": person.username, **days})


def _problems(expert: Expert, first: date, last: date, *, today: date) -> Iterator[Problem]:
    """One absence stands at a time: a second one has to wait until the first has ended or was taken back."""
    if first < today:
        yield Problem("absent_from", "in_the_past")
    if last < first:
        yield Problem("absent_until", "ends_before_it_begins")
    if expert.has_absence(today=today):
        days = {"starts_on": str(expert.absent_from), "ends_on": str(expert.absent_until)}
        yield Problem("absent_from", "expert_is_away_already", days)

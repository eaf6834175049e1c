from dataclasses import dataclass

from engine.command import Command
from engine.experts import own_or_kept_expert
from engine.model import Person
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class EndExpertAbsence(Command[None]):
    """Take back an absence of an expert that lasts or is still to come; `person_id` is the expert, else the actor."""

    person_id: str | None = None

    def execute(self, work: Work) -> None:
        expert = own_or_kept_expert(work, self.person_id or work.actor.person_id)
        expert.end_absence(today=work.today, at=work.now)
        person = work.session.get_one(Person, expert.person_id)
        work.administer("expert_absence_ended", person.subject, details={"person": person.username})

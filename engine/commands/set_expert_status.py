from dataclasses import dataclass

from engine.command import Command
from engine.commands.record_leaving import PersonLeft
from engine.errors import Problem, Rejected
from engine.experts import known_expert, let_go, must_fit_profession, must_keep_experts
from engine.memberships import NotToYourself
from engine.model.case import must_give_reason
from engine.model.expert import ExpertStatus
from engine.people import known_person
from engine.work import Work


class ExpertStatusUnknown(Rejected):
    """An expert is active, suspended or dismissed."""


@dataclass(frozen=True, kw_only=True)
class SetExpertStatus(Command[None]):
    """Suspend or dismiss an expert, or take them back; with the reason."""

    person_id: str
    status: str
    reason: str

    def execute(self, work: Work) -> None:
        must_keep_experts(work.actor)
        must_give_reason(self.reason)
        if self.status not in set(ExpertStatus):
            raise ExpertStatusUnknown(problems=[Problem("status", "not_an_option")])
        if self.person_id == work.actor.person_id:
            raise NotToYourself()
        expert = known_expert(work.session, work.actor, self.person_id, lock=True)
        person = known_person(work.session, self.person_id)
        if self.status == ExpertStatus.ACTIVE:
            if person.left_at is not None:
                raise PersonLeft(since=person.left_at.isoformat())
            must_fit_profession(person, expert.profession)
        expert.set_status(self.status, at=work.now)
        if self.status != ExpertStatus.ACTIVE:
            let_go(work, self.person_id)
        details = {"person": person.username, "status": self.status}
        work.administer("expert_status_set", person.subject, reason=self.reason, details=details)

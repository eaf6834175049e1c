from dataclasses import dataclass

from engine.command import Command
from engine.errors import NotFound
from engine.groups import SECURITY
from engine.handing_back import hand_back
from engine.memberships import Grant, NotToYourself, must_not_be_last_administrator
from engine.model import ComingMembership, GroupMembership
from engine.model.case import must_give_reason
from engine.people import known_person
from engine.permissions import must_be_in
from engine.work import Work


class MembershipNotFound(NotFound):
    """There is no such membership, or it has ended."""


@dataclass(frozen=True, kw_only=True)
class EndMembership(Command[int]):
    """Take a person out of a group; tasks that they hold through it go back, gives their number."""

    membership_id: str
    reason: str

    def execute(self, work: Work) -> int:
        must_be_in(work.actor, SECURITY)
        must_give_reason(self.reason)
        found = _known(work, self.membership_id)
        if found.person_id == work.actor.person_id:
            raise NotToYourself()
        person = known_person(work.session, found.person_id, lock=True)
        ends = [m for m in person.memberships if m.id == found.id]
        if ends:
            must_not_be_last_administrator(work.session, person, {found.group})
            person.memberships.remove(ends[0])
        else:
            work.session.delete(_known(work, self.membership_id))
        work.session.flush()
        tasks = hand_back(work, person, audiences=person.as_actor().audiences, reason=self.reason) if ends else 0
        place = Grant(group=found.group, town=found.town, organisation_id=found.organisation_id)
        facts = {"person": person.username, **place.facts(work.session), "tasks": tasks}
        work.administer("membership_ended", person.subject, reason=self.reason, details=facts)
        return tasks


def _known(work: Work, membership_id: str) -> GroupMembership | ComingMembership:
    """In force or coming. Raises MembershipNotFound."""
    found = work.session.get(GroupMembership, membership_id) or work.session.get(ComingMembership, membership_id)
    if found is None:
        raise MembershipNotFound(membership_id=membership_id)
    return found

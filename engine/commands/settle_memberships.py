from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.handing_back import hand_back
from engine.memberships import Grant, problems_of
from engine.model import ComingMembership, GroupMembership, Person
from engine.people import known_person
from engine.work import Work

TERM_OVER = "任期届满 term over"


@dataclass(frozen=True, kw_only=True)
class SettleMemberships(Command[int]):
    """Begin the memberships whose first day has come and end those whose last day is over; gives their number."""

    is_recorded_when_refused: ClassVar[bool] = False

    limit: int = 200

    def execute(self, work: Work) -> int:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        over = select(GroupMembership).where(GroupMembership.ends_on < work.today)
        due = select(ComingMembership).where(ComingMembership.starts_on <= work.today)
        ended = work.session.scalars(over.order_by(GroupMembership.id).limit(self.limit)).all()
        begun = work.session.scalars(due.order_by(ComingMembership.id).limit(self.limit)).all()
        for membership in ended:
            _end(work, membership)
        for membership in begun:
            _begin(work, membership)
        return len(ended) + len(begun)


def _end(work: Work, membership: GroupMembership) -> None:
    person = known_person(work.session, membership.person_id, lock=True)
    person.memberships.remove(membership)
    work.session.flush()
    tasks = hand_back(work, person, audiences=person.as_actor().audiences, reason=TERM_OVER)
    _record(work, "membership_ended", person, membership, tasks=tasks)


def _begin(work: Work, waiting: ComingMembership) -> None:
    """What cannot begin any more, because something was granted meanwhile, is dropped and recorded."""
    person = known_person(work.session, waiting.person_id, lock=True)
    work.session.delete(waiting)
    work.session.flush()
    grant = Grant(group=waiting.group, town=waiting.town, organisation_id=waiting.organisation_id)
    if person.left_at is not None or problems_of(work.session, person, grant, today=work.today):
        _record(work, "membership_dropped", person, waiting)
        return
    facts = {"town": waiting.town, "organisation_id": waiting.organisation_id, "ends_on": waiting.ends_on}
    person.memberships.append(GroupMembership(id=waiting.id, group=waiting.group, since=waiting.starts_on, **facts))
    _record(work, "membership_begun", person, waiting)


def _record(
    work: Work, action: str, person: Person, about: GroupMembership | ComingMembership, *, tasks: int = 0
) -> None:
    place = Grant(group=about.group, town=about.town, organisation_id=about.organisation_id, ends_on=about.ends_on)
    facts = {"person": person.username, **place.facts(work.session)}
    work.administer(action, person.subject, details=facts | ({"tasks": tasks} if tasks else {}))

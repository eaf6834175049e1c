from dataclasses import asdict, dataclass
from typing import Any

from engine.command import Command
from engine.errors import Conflict, Problem, Rejected
from engine.groups import ADMINISTRATORS
from engine.leaving import Departure, OpenRole, leave
from engine.memberships import NotToYourself
from engine.model import Person
from engine.model.case import must_give_reason
from engine.people import known_person, person_named
from engine.permissions import must_be_in
from engine.work import Work


class PersonLeft(Conflict):
    """This person has left."""


class SuccessorUnknown(Rejected):
    """The successor is nobody who could take the tasks over."""


@dataclass(frozen=True, kw_only=True)
class RecordLeaving(Command[Departure]):
    """A person leaves: access ends at once, tasks go to the successor or back to the groups, open roles are listed."""

    person_id: str
    reason: str
    successor: str | None = None

    def execute(self, work: Work) -> Departure:
        must_be_in(work.actor, ADMINISTRATORS)
        must_give_reason(self.reason)
        if self.person_id == work.actor.person_id:
            raise NotToYourself()
        person = known_person(work.session, self.person_id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        return leave(work, person, reason=self.reason, successor=_successor(work, self.successor, person))

    def keep(self, result: Departure) -> Any:
        return asdict(result)

    def revive(self, kept: Any) -> Departure:
        return Departure(kept["tasks"], tuple(OpenRole(**role) for role in kept["roles"]))


def _successor(work: Work, username: str | None, person: Person) -> Person | None:
    if username is None:
        return None
    found = person_named(work.session, username)
    if found is None or found.id == person.id:
        raise SuccessorUnknown(problems=[Problem("successor", "unknown_person", {"person": username})])
    return found

"""Who may be asked to sign a task: people of the circle in which it is written, who are no other party to it.

What one side writes the other side never sees, and neither do the offices; so the circle of who has the task is the
circle of those who sign it.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.case_work import CaseWork
from engine.circles import EMPLOYERS, WORKERS, Circle, own_circles
from engine.definitions.process import Process
from engine.errors import Conflict, Problem
from engine.model import Case, Cosignature, Person, UserTask
from engine.model.cosignature import AWAITED, CosignState
from engine.parties import sees_all
from engine.permissions import is_in_charge
from engine.taking import did_what_it_checks

MAY_COSIGN = "may_cosign"
SIDES = (Circle.WORKER, Circle.EMPLOYER)


class CosigningNotOffered(Conflict):
    """The diagram keeps this step to the person who does it."""


def offers_cosigning(process: Process, task: UserTask) -> bool:
    """A step says `may_cosign = false` when nobody else may see what is written there."""
    element = process.elements.get(task.element_id)
    return not task.discretionary and (element is None or element.properties.get(MAY_COSIGN) != "false")


def circle_of(case: Case, process: Process, actor: Actor) -> Circle:
    """The circle in which this person writes."""
    return own_circles(case, process, actor)[0]


def why_not(folder: CaseWork, task: UserTask, person: Person) -> str | None:
    """The code of a problem that keeps this person from signing this task."""
    if person.left_at is not None:
        return "person_left"
    if person.id in (task.assignee_id, task.owner_id, task.on_behalf_of_id, folder.work.actor.person_id):
        return "signs_own_task"
    if _is_asked(folder.work.session, task, person):
        return "asked_already"
    if not _is_of_circle(folder, person):
        return "outside_circle"
    return "signer_four_eyes" if _is_other_pair(folder, task, person) else None


def problems(folder: CaseWork, task: UserTask, people: dict[str, Person | None]) -> Iterator[Problem]:
    """One for each person named who cannot be asked."""
    for username, person in people.items():
        code = "unknown_person" if person is None else why_not(folder, task, person)
        if code is not None:
            yield Problem(path="to", code=code, params={"person": person.name if person else username})


def is_signed_by(session: Session, task: UserTask, actor: Actor) -> bool:
    """This person is asked to sign a task that is still open, or has: what is written there lies before them."""
    if task.completed_at is not None or task.draft is None:
        return False
    mine = (Cosignature.principal_id == task.id, Cosignature.person_id == actor.person_id)
    seen = Cosignature.state.in_((CosignState.ASKED, CosignState.SIGNED))
    return bool(session.scalar(select(exists().where(*mine, seen))))


def _is_asked(session: Session, task: UserTask, person: Person) -> bool:
    mine = (Cosignature.principal_id == task.id, Cosignature.person_id == person.id, Cosignature.state.in_(AWAITED))
    return bool(session.scalar(select(exists().where(*mine))))


def side_of(circle: Circle, groups: Collection[str]) -> Circle | None:
    """The side of the table that somebody is on: in this case, else by the groups they are in."""
    if circle in SIDES:
        return circle
    sides = [side for side, roles in ((Circle.WORKER, WORKERS), (Circle.EMPLOYER, EMPLOYERS)) if roles & set(groups)]
    return sides[0] if len(sides) == 1 else None


def _is_of_circle(folder: CaseWork, person: Person) -> bool:
    """A side asks its own people; others ask whoever reads all, and those in charge their colleagues. No other side."""
    case, process, me, asked = folder.case, folder.bundle.process, folder.work.actor, person.as_actor()
    mine, theirs = circle_of(case, process, me), circle_of(case, process, asked)
    side = side_of(theirs, asked.groups)
    if mine in SIDES or side is not None:
        return (theirs == mine if mine in SIDES else side == side_of(mine, me.groups)) and sees_all(folder, asked)
    if sees_all(folder, asked):
        return True
    in_charge = is_in_charge(me, process.oversight_groups, town=case.town)
    return in_charge and any(m.group in process.official_groups and not m.organisation_id for m in asked.memberships)


def _is_other_pair(folder: CaseWork, task: UserTask, person: Person) -> bool:
    """Four eyes: who did what this task checks does not sign it, and who checks this task is not asked about it."""
    if did_what_it_checks(folder.work.session, task, person_id=person.id):
        return True
    return any(
        other.four_eyes == task.element_id and person.id in (other.assignee_id, other.owner_id, other.on_behalf_of_id)
        for other in folder.tasks
    )

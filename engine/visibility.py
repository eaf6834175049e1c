"""Who sees a case: the one condition in SQL that commands and queries ask.

`audiences` are those of an actor or a parameter that stands for them, `case_id` a column or an id. What an actor
reaches is more than what they see in their own name: also what those may see for whom they stand in, but only in cases
where that puts nobody on both sides of a table.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import BindParameter, and_, exists, or_, select
from sqlalchemy.orm import aliased

from engine.actor import Absent, Actor
from engine.groups import EMPLOYER_SIDE, WORKER_SIDE
from engine.model import Case, CaseAudience, Party, TaskOffer


def sees_part(audiences: Collection[str] | BindParameter[Any], case_id: Any) -> Any:
    """They are told that the case exists; guests see only their own part of it."""
    return exists().where(CaseAudience.case_id == case_id, CaseAudience.audience.in_(audiences))


def sees_whole(audiences: Collection[str] | BindParameter[Any], case_id: Any) -> Any:
    """They may read all of the case: they are not there as guests only."""
    mine = (CaseAudience.case_id == case_id, CaseAudience.audience.in_(audiences))
    return exists().where(*mine, CaseAudience.is_guest.is_(False))


def is_offered(audiences: Collection[str], task_id: Any) -> Any:
    return exists().where(TaskOffer.task_id == task_id, TaskOffer.audience.in_(audiences))


def reaches_part(actor: Actor, case_id: Any) -> Any:
    return reached(actor, lambda keys: sees_part(keys, case_id), case_id)


def reaches_whole(actor: Actor, case_id: Any) -> Any:
    return reached(actor, lambda keys: sees_whole(keys, case_id), case_id)


def reached(actor: Actor, condition: Callable[[Collection[str]], Any], case_id: Any) -> Any:
    """A condition on audiences that holds for the actor's own, or within its limits for those of somebody absent."""
    for_others = [and_(condition(one.audiences), within(actor, one, case_id)) for one in actor.absent]
    return or_(condition(actor.audiences), *for_others) if for_others else condition(actor.audiences)


def within(actor: Actor, absent: Absent, case_id: Any) -> Any:
    """Whether the actor may stand in for this person in this case: a process that is meant, and no conflict of sides.

    Asked whenever something is read or done, because parties change.
    """
    conditions = [case_id.not_in(cases) for cases in _conflicts(actor, absent)]
    if absent.processes:
        case = aliased(Case)
        conditions.append(exists().where(case.id == case_id, case.process.in_(sorted(absent.processes))))
    return and_(*conditions)


def on_both_sides(people: Collection[str]) -> Any:
    """The cases in which these people together are parties of both sides."""
    one, other = aliased(Party), aliased(Party)
    workers = (one.person_id.in_(people), one.role.in_(sorted(WORKER_SIDE)))
    employers = (other.person_id.in_(people), other.role.in_(sorted(EMPLOYER_SIDE)))
    return select(one.case_id).join(other, other.case_id == one.case_id).where(*workers, *employers)


def _conflicts(actor: Actor, absent: Absent) -> Iterator[Any]:
    """Cases in which all whom they act for are of both sides; cases where the actor is of a side and not that person.

    The second keeps a party of a case from acting in it as the office.
    """
    yield on_both_sides(sorted({actor.person_id, *(one.person_id for one in actor.absent)}))
    for side in (WORKER_SIDE, EMPLOYER_SIDE):
        mine, theirs = aliased(Party), aliased(Party)
        too = exists().where(
            theirs.case_id == mine.case_id, theirs.person_id == absent.person_id, theirs.role.in_(sorted(side))
        )
        of_side = (mine.person_id == actor.person_id, mine.role.in_(sorted(side)))
        yield select(mine.case_id).where(*of_side, ~too)

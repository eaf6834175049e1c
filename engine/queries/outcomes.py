"""What would come of one act on many tasks, row by row, before anybody confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.actor import Actor
from engine.errors import Problem, Rejected
from engine.model import Person, UserTask
from engine.queries.place import Place
from engine.queries.standings import offered_among, standings
from engine.queries.task_actions import Standing, why_not
from engine.taking import did_what_it_checks

ACTS = ("claim", "assign", "release", "urge")
MOST = 500


class ActUnknown(Rejected):
    """Many tasks at once can be claimed, assigned, released and urged."""


class TooManyTasks(Rejected):
    """At most 500 tasks can be looked at together."""


@dataclass(frozen=True)
class Outcome:
    """`code` is None when the act will change this task, else the error code that says why it is refused."""

    task_id: str
    name: str
    case_number: str
    case_title: str
    code: str | None


def outcomes(
    at: Place, actor: Actor, act: str, task_ids: Sequence[str], *, assignee: str | None = None
) -> tuple[Outcome, ...]:
    """In the order of `task_ids`; what this person cannot see is left out. `assignee`: who is to get them.

    Raises ActUnknown, TooManyTasks.
    """
    if act not in ACTS:
        raise ActUnknown(problems=[Problem(path="act", code="not_an_option")])
    if len(task_ids) > MOST:
        raise TooManyTasks(problems=[Problem(path="ids", code="too_many_items", params={"limit": MOST})])
    found = {one.task.id: one for one in standings(at, actor, task_ids)}
    codes = {id_: why_not(act, one) for id_, one in found.items()}
    if act == "assign":
        codes |= _with_assignee(at.session, assignee, [found[id_] for id_, code in codes.items() if code is None])
    return tuple(_outcome(found[id_], codes[id_]) for id_ in dict.fromkeys(task_ids) if id_ in found)


def _with_assignee(session: Session, username: str | None, able: list[Standing]) -> dict[str, str | None]:
    """The person who is to get them has rights of their own."""
    query = select(Person).where(Person.username == username, Person.left_at.is_(None))
    person = session.scalars(query.options(selectinload(Person.memberships))).first()
    if person is None:
        return {one.task.id: "assignee_unknown" for one in able}
    offered = offered_among(session, person.as_actor(), [one.task for one in able])
    return {one.task.id: _unfit(session, one.task, person, offered) for one in able}


def _unfit(session: Session, task: UserTask, person: Person, offered: frozenset[str]) -> str | None:
    if task.id not in offered:
        return "not_a_candidate"
    return "four_eyes" if did_what_it_checks(session, task, person_id=person.id) else None


def _outcome(one: Standing, code: str | None) -> Outcome:
    return Outcome(one.task.id, one.task.name, one.case.number, one.case.title, code)

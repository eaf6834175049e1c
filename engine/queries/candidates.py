"""The people to whom a task may be given."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Person, TaskOffer, UserTask
from engine.people import by_sound, members_behind

MOST = 200


def candidates(session: Session, task: UserTask) -> tuple[tuple[str, str], ...]:
    """(username, name) of those to whom it is offered, by name or as members of a group; at most 200."""
    return candidates_of_all(session, [task.id])


def candidates_of_all(session: Session, task_ids: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The same for many tasks: to whom any of them is offered."""
    audiences = session.scalars(select(TaskOffer.audience).where(TaskOffer.task_id.in_(task_ids)).distinct()).all()
    ids = members_behind(session, audiences)
    query = select(Person).where(Person.id.in_(ids), Person.left_at.is_(None)).limit(MOST)
    return tuple((person.username, person.name) for person in sorted(session.scalars(query), key=by_sound))

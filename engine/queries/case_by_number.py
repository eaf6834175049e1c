"""From the number that people write on paper to the case."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Case
from engine.queries.seeing import visible_case
from engine.work import CaseNotFound


def case_by_number(session: Session, actor: Actor, number: str) -> str:
    """The id of the case with this number or id. Raises CaseNotFound."""
    found = session.scalar(select(Case.id).where(or_(Case.number == number, Case.id == number)))
    if found is None:
        raise CaseNotFound(number=number)
    return visible_case(session, actor, found).id

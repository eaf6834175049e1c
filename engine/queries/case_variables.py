"""What a case remembers: the process variables, for those who look after the system."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import ProcessInstance
from engine.queries.seeing import readable_case


def case_variables(session: Session, actor: Actor, case_id: str) -> dict[str, Any]:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    query = select(ProcessInstance.variables).where(ProcessInstance.case_id == case.id)
    return dict(session.scalars(query).one())

"""What a form may say of a negotiation: to those who do not sit at the table, only what is agreed."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.definitions.process import Process
from engine.model import Case
from engine.negotiating import NEGOTIATION_VARIABLE, negotiation_of, seat_of, without_proposals


def table_words(
    session: Session, actor: Actor, case: Case, process: Process, *, words: Mapping[str, Any]
) -> dict[str, Callable[[], Any]]:
    """Words that take the place of the variable of the negotiation; none for a process without one."""
    named = {
        e.properties[NEGOTIATION_VARIABLE] for e in process.elements.values() if NEGOTIATION_VARIABLE in e.properties
    }
    told = {name: words[name] for name in named if words.get(name)}
    negotiation = negotiation_of(session, case.id) if told else None
    if negotiation is None or seat_of(session, actor, case, negotiation, oversight=process.oversight_groups).sees_all:
        return {}
    return {name: lambda value=value: without_proposals(value) for name, value in told.items()}  # type: ignore[misc]

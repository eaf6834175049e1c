"""Who may see and do what: plain functions on an actor and facts; queries use the same audiences in SQL.

Nobody sees a case who is neither a party of it nor in charge of it; for them it does not exist (404).
"""

from collections.abc import Container, Iterable

from engine.actor import ANYWHERE, SYSTEM, Actor
from engine.errors import NotAllowed

PERSON = "person:"
MAY_RETURN = "may_return"


class NotInGroup(NotAllowed):
    """This act is reserved to another group."""


class NotInCharge(NotAllowed):
    """Only an official in charge of the case can do this."""


def person_audience(person_id: str) -> str:
    return f"{PERSON}{person_id}"


def group_audiences(group: str, *, town: str | None, organisation_id: str | None) -> list[str]:
    """Under which keys something of this town and organisation is offered to a group."""
    keys = [f"{group}@{ANYWHERE}"]
    keys += [f"{group}@{town}"] if town else []
    return keys + ([f"{group}@org:{organisation_id}"] if organisation_id else [])


def must_be_in(actor: Actor, *groups: str) -> None:
    if actor is not SYSTEM and not actor.groups & set(groups):
        raise NotInGroup(groups=sorted(groups))


def is_in_charge(actor: Actor, groups: Iterable[str], *, town: str | None) -> bool:
    """An official of one of these groups, for this town or for the whole city."""
    if actor is SYSTEM:
        return True
    keys = {k for group in groups for k in group_audiences(group, town=town, organisation_id=None)}
    return bool(actor.audiences & keys)


def offers_return(declared: str | None, candidates: Iterable[str], *, parties: Container[str]) -> bool:
    """Whether who has a task may send the case back from it.

    What one side has handed in is not for the other side to undo: a task of a party needs the property `may_return`.
    """
    if declared is not None:
        return declared == "true"
    return not any(name in parties or name.startswith(PERSON) for name in candidates)


def must_be_in_charge(actor: Actor, groups: Iterable[str], *, town: str | None) -> None:
    if not is_in_charge(actor, groups, town=town):
        raise NotInCharge()

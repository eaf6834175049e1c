"""Which enterprises an official of the union watches over when they vote."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.errors import NotFound
from engine.groups import UNIONS
from engine.model import Organisation
from engine.model.organisation import OrganisationKind
from engine.permissions import group_audiences, must_be_in


class EnterpriseNotWatched(NotFound):
    """There is no such enterprise, or it is not one that you watch over."""


def under(actor: Actor) -> ColumnElement[bool]:
    """Enterprises of the actor's towns, or all for who belongs to the whole city. Raises NotInGroup."""
    must_be_in(actor, *UNIONS)
    mine = Organisation.kind == OrganisationKind.ENTERPRISE
    whole = {key for group in UNIONS for key in group_audiences(group, town=None, organisation_id=None)}
    if actor is SYSTEM or actor.audiences & whole:
        return mine
    towns = {m.town for m in actor.memberships if m.group in UNIONS and m.town}
    return mine & Organisation.town.in_(towns)


def enterprise_under(session: Session, actor: Actor, enterprise_id: str, *, locked: bool = False) -> Organisation:
    """Raises NotInGroup and EnterpriseNotWatched."""
    query = select(Organisation).where(Organisation.id == enterprise_id, under(actor))
    found = session.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise EnterpriseNotWatched(enterprise_id=enterprise_id)
    return found

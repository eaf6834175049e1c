"""Everybody who can act, as those who act: for the operator at the terminal, who plays them without their passwords."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.actor import Actor
from engine.model import Person


def actors(session: Session) -> Mapping[str, Actor]:
    """By username."""
    query = select(Person).where(Person.left_at.is_(None)).options(selectinload(Person.memberships))
    return {person.username: person.as_actor() for person in session.scalars(query)}

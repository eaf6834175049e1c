"""Colleagues who act for one another, for tests: a login of this moment, and naming without a page."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.actor import Actor
from engine.command import Command
from engine.commands.name_stand_in import NameStandIn
from engine.model import Person
from engine.standing_in import acting
from engine.work import CITY_TIME
from tests.city import City
from tests.registry import id_of

R = TypeVar("R")


def as_now(city: City, username: str) -> Actor:
    """As at a login of this moment, with those for whom this person stands in."""
    with city.engine.reading() as session:
        query = select(Person).where(Person.username == username).options(selectinload(Person.memberships))
        today = city.engine.now().astimezone(CITY_TIME).date()
        return acting(session, session.scalars(query).one(), today=today)


def run_now(city: City, command: Command[R], *, by: str) -> R:
    return city.engine.run(command, actor=as_now(city, by))


def name_stand_in(
    city: City, away: str, deputy: str, *, on: tuple[str, str] = ("2026-03-02", "2026-03-06"), **more: Any
) -> str:
    """Named by who is away; from Monday of the tests to Friday."""
    answers = {"stand_in": deputy, "starts_on": on[0], "ends_on": on[1], "reason": "年休假", **more}
    return run_now(city, NameStandIn(answers=answers), by=away)


def name_for(city: City, away: str, deputy: str, **more: Any) -> str:
    """Named by the security administrator."""
    answers = {"stand_in": deputy, "starts_on": "2026-03-02", "ends_on": "2026-03-06", "reason": "因病", **more}
    return run_now(city, NameStandIn(answers=answers, person_id=id_of(city, away)), by="security")

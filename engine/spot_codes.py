"""Who may show a code for a task, and what a code stands for (当场确认)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.automation import evaluate
from engine.definitions.process import Element
from engine.errors import EngineError, NotAllowed, NotFound, Problem, Rejected
from engine.invitations import code_hash, new_code
from engine.model import Case, SpotCode
from engine.model.party import EXPERT, LEAD_EXPERT

LIFETIME = timedelta(minutes=10)
_GROUPS = 2  # 39 bits: a code alone opens nothing, the task must be offered to whoever uses it
_LONGEST = 40
_NAMES = re.compile(r"\s*,\s*")


class WrongSpotCode(NotFound):
    """There is no such code, or it is not for you."""


class NotForYourself(NotAllowed):
    """Who shows a code, or works on the case as an expert, cannot confirm with it for the other side."""


class PlaceUnusable(Rejected):
    """A place needs a latitude, a longitude and how exact they are."""


@dataclass(frozen=True, kw_only=True)
class SpotPlace:
    """Where somebody confirmed, because they agreed to tell it; to about ten metres."""

    latitude: str
    longitude: str
    accuracy_m: int

    @classmethod
    def of(cls, latitude: object, longitude: object, accuracy: object) -> "SpotPlace":
        """Raises PlaceUnusable."""
        where = (_number("latitude", latitude, 90), _number("longitude", longitude, 180))
        exact = abs(_number("accuracy", accuracy, 1_000_000))
        return cls(latitude=str(round(where[0], 4)), longitude=str(round(where[1], 4)), accuracy_m=int(exact))


def _number(path: str, value: object, most: int) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > most:
        raise PlaceUnusable(problems=[Problem(f"place.{path}", "place_unusable")])
    return number


def showers(element: Element | None, words: Mapping[str, Any]) -> frozenset[str]:
    """Usernames of those who may show a code for a task here; nobody, where that cannot be worked out."""
    source = element.on_the_spot if element else None
    if not source:
        return frozenset()
    try:
        value = evaluate(source, words) if source.startswith("=") else _NAMES.split(source.strip())
    except EngineError:
        return frozenset()
    names = value if isinstance(value, list) else [value]
    return frozenset(name for name in names if isinstance(name, str))


def issue(session: Session, task_id: str, *, by: str, at: datetime) -> tuple[str, datetime]:
    """A fresh code and until when it is good; those shown before for this task are worth nothing any more."""
    open_ones = (SpotCode.task_id == task_id, SpotCode.used_at.is_(None), SpotCode.replaced_at.is_(None))
    session.execute(update(SpotCode).where(*open_ones).values(replaced_at=at))
    code = new_code(groups=_GROUPS)
    row = SpotCode(
        task_id=task_id, code_hash=code_hash(code), shown_by_id=by, issued_at=at, expires_at=at + LIFETIME
    )  # fmt: skip
    session.add(row)
    return code, row.expires_at


def code_row(session: Session, code: str) -> SpotCode:
    """As it stands in the tables now. Raises WrongSpotCode."""
    query = select(SpotCode).where(SpotCode.code_hash == code_hash(code[:_LONGEST]))
    row = session.scalars(query, execution_options={"populate_existing": True}).first()
    if row is None:
        raise WrongSpotCode()
    return row


def must_be_the_other_side(row: SpotCode, case: Case, actor: Actor) -> None:
    """Raises NotForYourself."""
    experts = {name for role in (EXPERT, LEAD_EXPERT) for name in case.parties.get(role) or {}}
    if actor.person_id == row.shown_by_id or actor.username in experts:
        raise NotForYourself()

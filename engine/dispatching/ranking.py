"""Who is asked first. Criteria are compared one after the other, so that every place can be explained; no score.

An earlier criterion is never outweighed by a later one, and nobody's place says anything about how good they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

LONG_AGO = date.min


@dataclass(frozen=True)
class Reason:
    """`code` names the sentence in `texts/<locale>/dispatch.yml`; `params` fill its gaps."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An expert of the profession, as the system knows them when a case is dispatched.

    `open` are the live cases that they work on; `recent` is how often they were dispatched lately, `last_on` when last.
    `barred` are the codes of all that keeps them out, apart from their load.
    """

    person_id: str
    username: str
    name: str
    employer: str
    fields: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    open: int = 0
    max_open: int = 1
    recent: int = 0
    last_on: date | None = None
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the case asks for. Without a field or a town all candidates are alike in it."""

    case_id: str
    field: str = ""
    town: str | None = None
    recent_days: int = 90


@dataclass(frozen=True)
class Ranked:
    """`rank` counts from 1; who is excluded has none, and the reasons say why."""

    candidate: Candidate
    rank: int | None
    reasons: tuple[Reason, ...]

    def as_data(self) -> dict[str, Any]:
        one = self.candidate
        named = {"username": one.username, "name": one.name, "employer": one.employer}
        return {**named, "rank": self.rank, "reasons": [reason.as_data() for reason in self.reasons]}


def rank(candidates: Iterable[Candidate], wish: Wish) -> tuple[Ranked, ...]:
    """All of them: first those who may be asked, the best first, then those who are excluded."""
    why_not = {one: tuple(_why_not(one)) for one in candidates}
    free = sorted((one for one, reasons in why_not.items() if not reasons), key=lambda one: _place(one, wish))
    out = sorted((one for one, reasons in why_not.items() if reasons), key=lambda one: _draw(one, wish))
    asked = [Ranked(one, place, tuple(_why_here(one, wish))) for place, one in enumerate(free, start=1)]
    return (*asked, *(Ranked(one, None, why_not[one]) for one in out))


def _why_not(one: Candidate) -> Iterable[Reason]:
    for code in one.barred:
        yield Reason(code)
    if one.open >= one.max_open:
        yield Reason("expert_full", {"open": one.open, "most": one.max_open})


def _place(one: Candidate, wish: Wish) -> tuple[Any, ...]:
    """Smaller comes first; the last part differs between any two people."""
    return (
        not _knows(one, wish),
        not _serves(one, wish),
        Fraction(one.open, one.max_open),
        one.recent,
        one.last_on or LONG_AGO,
        *_draw(one, wish),
    )


def _draw(one: Candidate, wish: Wish) -> tuple[str, str]:
    """A lot that favours nobody: it falls differently in every case, and the same whenever it is drawn again."""
    return sha256(f"{wish.case_id}:{one.person_id}".encode()).hexdigest(), one.person_id


def _knows(one: Candidate, wish: Wish) -> str | None:
    """Their field that is meant: a wish for 劳动 is met by 劳动合同, and the other way round."""
    wanted = wish.field.strip()
    return next((own for own in one.fields if own and (own in wanted or wanted in own)), None) if wanted else None


def _serves(one: Candidate, wish: Wish) -> bool:
    return not one.towns or wish.town is None or wish.town in one.towns


def _why_here(one: Candidate, wish: Wish) -> Iterable[Reason]:
    if wish.field.strip():
        known = _knows(one, wish)
        yield Reason("field_known", {"field": known}) if known else Reason("field_other", {"field": wish.field.strip()})
    if wish.town is not None:
        served = "town_served" if one.towns else "town_whole_city"
        yield Reason(served if _serves(one, wish) else "town_other", {"town": wish.town})
    yield Reason("load", {"open": one.open, "most": one.max_open})
    yield Reason("recent", {"times": one.recent, "days": wish.recent_days})
    yield Reason("last_on", {"day": one.last_on.isoformat()}) if one.last_on else Reason("never_yet")
    yield Reason("no_conflict_known")

"""Part of a name or number, looked for as it is written."""

from typing import Any

from sqlalchemy import CompoundSelect, Select, or_, select, union_all
from sqlalchemy.orm import Session

from engine.model import Case, Organisation

MOST_NAMED = 1_000


def contains(text: str, *columns: Any) -> Any:
    """An SQL condition. Chinese has no capitals; of Latin letters the usual ways to write them are tried.

    Comparing without case would cost PostgreSQL four times as much for every row of a city.
    """
    wanted = text.strip()
    ways = dict.fromkeys((wanted, wanted.lower(), wanted.upper(), wanted.capitalize()))
    return or_(*(column.like(f"%{_escaped(way)}%", escape="\\") for way in ways for column in columns))


def cases_named(session: Session, text: str) -> list[str] | None:
    """Ids of the cases whose number, title or enterprise holds the text; None when too many do.

    What few cases hold is found in an index of nothing but words; what many hold is met soon on any way: then ask
    every case with `is_named`.
    """
    return few(
        session,
        union_all(  # two index scans, which one condition with OR would not be
            select(Case.id).where(contains(text, Case.number, Case.title)),
            select(Case.id).where(Case.enterprise_id.in_(_enterprises(text))),
        ),
    )


def is_named(text: str) -> Any:
    """The same as an SQL condition on `Case`."""
    return contains(text, Case.number, Case.title) | Case.enterprise_id.in_(_enterprises(text))


def live_cases_named(session: Session, text: str) -> Select[Any] | list[str]:
    """The cases that are not closed, for `in_`: ids when there are few, else how to find them."""
    query = select(Case.id).where(Case.closed_at.is_(None), is_named(text))
    ids = few(session, query)
    return query if ids is None else ids


def few(session: Session, query: Select[Any] | CompoundSelect[Any]) -> list[str] | None:
    """What a query for ids gives when that is not much; the database plans better with ids than with conditions."""
    ids = list(session.scalars(query.limit(MOST_NAMED + 1)))
    return ids if len(ids) <= MOST_NAMED else None


def _enterprises(text: str) -> Select[Any]:
    return select(Organisation.id).where(contains(text, Organisation.name))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

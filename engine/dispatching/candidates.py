"""The experts of a profession as they are now: load, last dispatch, what is known against them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.dispatching.conflicts import Known, Matter, conflicts
from engine.dispatching.ranking import Candidate
from engine.model import Case, Expert, ExpertOffer, Party, Person
from engine.model.expert_offer import OfferOutcome
from engine.model.party import IS_EXPERT

_CITY = ZoneInfo("Asia/Shanghai")


class Record(NamedTuple):
    last_at: datetime
    recent: int


def candidates(
    session: Session, matter: Matter, *, profession: str, now: datetime, recent: timedelta, only: str | None = None
) -> list[Candidate]:
    """Everybody of the profession who can sign in, also those who may not be asked; or `only` the one with this id."""
    of_these = [Expert.profession == profession, *([Expert.person_id == only] if only else ())]
    query = select(Expert, Person.id, Person.username, Person.name).join(Person, Person.id == Expert.person_id)
    rows = session.execute(query.where(*of_these, Person.left_at.is_(None))).all()
    against = conflicts(session, matter, [Known(row.id, row.name, row.Expert.employer) for row in rows])
    mine = select(Expert.person_id).where(*of_these)
    loads, records = _loads(session, mine), _records(session, profession, since=now - recent, only=only)
    return [
        _candidate(row, matter.today, loads.get(row.id, 0), records.get(row.id), against.get(row.id, ()))
        for row in rows
    ]


def _candidate(row: Row[Any], today: date, load: int, record: Record | None, against: tuple[str, ...]) -> Candidate:
    expert: Expert = row.Expert
    unfit = expert.why_not_on(today)
    return Candidate(
        person_id=row.id,
        username=row.username,
        name=row.name,
        employer=expert.employer,
        fields=tuple(expert.fields),
        towns=tuple(expert.towns),
        open=load,
        max_open=expert.max_open,
        recent=record.recent if record else 0,
        last_on=record.last_at.astimezone(_CITY).date() if record else None,
        barred=(*((unfit,) if unfit else ()), *against),
    )


def _loads(session: Session, mine: Any) -> Mapping[str, int]:
    """In how many live cases each of them works as an expert."""
    counted = select(Party.person_id, func.count(Party.case_id.distinct())).join(Case, Case.id == Party.case_id)
    query = counted.where(IS_EXPERT, Case.closed_at.is_(None), Party.person_id.in_(mine))
    return {row[0]: row[1] for row in session.execute(query.group_by(Party.person_id))}


def _records(session: Session, profession: str, *, since: datetime, only: str | None) -> Mapping[str, Record]:
    """When each of them was last dispatched, and how often since then."""
    lately: Any = func.count().filter(ExpertOffer.outcome_at >= since)
    query = select(ExpertOffer.person_id, func.max(ExpertOffer.outcome_at), lately)
    query = query.where(ExpertOffer.profession == profession, ExpertOffer.outcome == OfferOutcome.ACCEPTED)
    query = query.where(ExpertOffer.person_id == only) if only else query
    return {id_: Record(last, number) for id_, last, number in session.execute(query.group_by(ExpertOffer.person_id))}

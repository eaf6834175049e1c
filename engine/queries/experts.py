"""The register of experts, for those who keep or read it, and each expert's own line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.experts import (
    answers_of,
    ends_soon,
    expert_words,
    keeps_experts,
    known_expert,
    must_keep_experts,
    must_read_experts,
    warned_before,
)
from engine.model import Case, Expert, Party, Person
from engine.model.base_model import exact_dumps
from engine.model.case import CaseStatus
from engine.model.expert import ExpertStatus, Profession
from engine.people import known_person
from engine.queries.paging import Page, page_of

PROFESSIONS = tuple(Profession)
STATUSES = tuple(ExpertStatus)


@dataclass(frozen=True, kw_only=True)
class ExpertRow:
    """`open` counts the running cases the expert is a party of; `why_not` is why nobody may dispatch them today.

    `ends_soon` is the day on which licence or term ends, where that is near.
    """

    id: str
    username: str
    name: str
    profession: str
    licence_no: str
    licence_until: date
    employer: str
    fields: tuple[str, ...]
    towns: tuple[str, ...]
    open: int
    max_open: int
    term_from: date
    term_to: date
    status: str
    absent_from: date | None
    absent_until: date | None
    why_not: str | None
    ends_soon: date | None


@dataclass(frozen=True, kw_only=True)
class ExpertFile(ExpertRow):
    """`answers` fill the form; `has_absence` is one that lasts or is to come; `may_keep` and `is_own` say who reads."""

    answers: Mapping[str, Any]
    has_absence: bool
    has_left: bool
    may_keep: bool
    is_own: bool
    version: int


@dataclass(frozen=True)
class ExpertFilter:
    """`text` looks in name, employer and fields; `town` finds those who serve it; `soon` those who end soon."""

    text: str | None = None
    profession: str | None = None
    town: str | None = None
    status: str | None = None
    soon: bool = False


def experts(
    session: Session,
    actor: Actor,
    *,
    filters: ExpertFilter,
    today: date,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ExpertRow]:
    """By name."""
    must_read_experts(actor)
    query = _filtered(session, select(Expert, Person).join(Person, Person.id == Expert.person_id), filters, today)
    key = ((Person.name, str), (Person.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit)
    counts = _open_cases(session, [person.id for _, person in page.items])
    soon = today + warned_before(session, today)
    return page.of(ExpertRow(**_facts(expert, person, counts, today, soon)) for expert, person in page.items)


def all_experts(session: Session, actor: Actor, *, today: date) -> list[ExpertRow]:
    """The whole register by name, those who were dismissed too: it is small."""
    must_read_experts(actor)
    query = select(Expert, Person).join(Person, Person.id == Expert.person_id).order_by(Person.name, Person.id)
    rows = session.execute(query).all()
    counts = _open_cases(session, [person.id for _, person in rows])
    soon = today + warned_before(session, today)
    return [ExpertRow(**_facts(expert, person, counts, today, soon)) for expert, person in rows]


def expert_file(session: Session, actor: Actor, person_id: str, *, today: date) -> ExpertFile:
    """Raises ExpertNotFound."""
    expert, person = known_expert(session, actor, person_id), known_person(session, person_id)
    is_own = actor.person_id == person_id
    return ExpertFile(
        **_facts(expert, person, _open_cases(session, [person_id]), today, today + warned_before(session, today)),
        answers={"person": person.username, **answers_of(expert)},
        has_absence=expert.has_absence(today=today),
        has_left=person.left_at is not None,
        may_keep=keeps_experts(actor) and not is_own,
        is_own=is_own,
        version=expert.lock_version,
    )


def words_for_experts(session: Session, actor: Actor, *, person_id: str | None = None) -> dict[str, Any]:
    """What the form of an expert may name: of one expert, or for a new line."""
    if person_id is not None:
        known_expert(session, actor, person_id)
        return expert_words(session, known_person(session, person_id))
    must_keep_experts(actor)
    return expert_words(session)


def _facts(expert: Expert, person: Person, counts: Mapping[str, int], today: date, soon: date) -> dict[str, Any]:
    columns = (
        "profession", "licence_no", "licence_until", "employer", "max_open", "term_from", "term_to", "status",
        "absent_from", "absent_until",
    )  # fmt: skip
    is_near = expert.status != ExpertStatus.DISMISSED and today <= expert.ends_on <= soon
    return {
        **{name: getattr(expert, name) for name in columns},
        "id": person.id,
        "username": person.username,
        "name": person.name,
        "fields": tuple(expert.fields),
        "towns": tuple(expert.towns),
        "open": counts.get(person.id, 0),
        "why_not": expert.why_not_on(today),
        "ends_soon": expert.ends_on if is_near else None,
    }


def _open_cases(session: Session, ids: list[str]) -> dict[str, int]:
    query = select(Party.person_id, func.count(Case.id.distinct())).join(Case, Case.id == Party.case_id)
    mine = (Party.person_id.in_(ids), Case.status == CaseStatus.RUNNING)
    return dict(session.execute(query.where(*mine).group_by(Party.person_id)).all()) if ids else {}


def _filtered(session: Session, query: Select[Any], filters: ExpertFilter, today: date) -> Select[Any]:
    if filters.text:
        like = f"%{_escaped(filters.text.strip())}%"
        places = (Person.name, Expert.employer, cast(Expert.fields, String))
        query = query.where(or_(*(place.ilike(like, escape="\\") for place in places)))
    if filters.profession:
        query = query.where(Expert.profession == filters.profession)
    if filters.town:
        named, towns = f"%{_escaped(exact_dumps(filters.town))}%", cast(Expert.towns, String)
        query = query.where((towns == "[]") | towns.like(named, escape="\\"))
    if filters.soon:
        query = query.where(ends_soon(session, today))
    # Those who were dismissed are shown only when they are asked for.
    wanted = Expert.status == filters.status if filters.status else Expert.status != ExpertStatus.DISMISSED
    return query.where(wanted)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

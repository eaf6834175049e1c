"""Naming who stands in for whom (代理), and ending it: what is refused, and what is on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from engine.errors import Conflict, Problem
from engine.groups import EMPLOYER_SIDE, LINES, THREE_ADMINISTRATORS, WORKER_SIDE
from engine.model import Case, Deployment, GroupMembership, Organisation, Person, StandIn
from engine.model.base_model import new_id
from engine.model.case import CaseStatus
from engine.people import by_sound
from engine.standing_in import IN_PERSON, is_of_one_line
from engine.visibility import on_both_sides
from engine.work import Work
from texts import sentence

LONGEST = timedelta(days=366)
MOST_COLLEAGUES = 500


class StandInEnded(Conflict):
    """This stand-in has ended already."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Who is to stand in, from when until when, for which groups and processes; None is all."""

    stand_in: Person
    starts_on: date
    ends_on: date
    groups: list[str] | None
    processes: list[str] | None
    reason: str


def stand_in_words(session: Session, person: Person, *, today: date) -> dict[str, Any]:
    """What the form of a stand-in may name: colleagues of one line, what can be passed on, and the processes."""
    groups = sorted({m.group for m in person.memberships if m.group in LINES})
    known = select(Deployment.process, Deployment.name).order_by(Deployment.process, Deployment.version)
    processes = dict(tuple(row) for row in session.execute(known))
    return {
        "colleagues": _options(session, person),
        "passed_on": [
            {"label": "指名给本人的事项", "label_en": "What is addressed by name", "value": IN_PERSON},
            *({"label": _group(g, "zh"), "label_en": _group(g, "en"), "value": g} for g in groups),
        ],
        "known_processes": [{"label": name, "value": key} for key, name in processes.items()],
        "今天": today,
    }


def colleagues_of(session: Session, person: Person) -> list[Person]:
    """People of one line of work with this person, with memberships; of an enterprise only its own."""
    own = [m for m in person.memberships if m.group in LINES]
    lines = {LINES[m.group] for m in own}
    groups = [group for group, line in LINES.items() if line in lines]
    places = {m.organisation_id for m in own}
    here = or_(
        GroupMembership.organisation_id.in_([p for p in places if p]),
        GroupMembership.organisation_id.is_(None) if None in places else False,
    )
    members = select(GroupMembership.person_id).where(GroupMembership.group.in_(groups), here)
    query = select(Person).where(Person.id.in_(members), Person.left_at.is_(None), Person.id != person.id)
    found = session.scalars(query.options(selectinload(Person.memberships)).limit(MOST_COLLEAGUES))
    return [one for one in sorted(found, key=by_sound) if _is_colleague(one, person)]


def problems_of(work: Work, person: Person, wanted: Appointment) -> list[Problem]:
    """Why this cannot be; paths are the fields of the form `stand_in`."""
    found = [*_unfit(work.session, person, wanted), *_misdated(wanted, work.today), *_unlimited(person, wanted)]
    return found or [*_clashing(work.session, person, wanted)]


def write_appointment(work: Work, person: Person, wanted: Appointment) -> StandIn:
    made = StandIn(
        id=new_id(),
        person_id=person.id,
        stand_in_id=wanted.stand_in.id,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        groups=wanted.groups,
        processes=wanted.processes,
        reason=wanted.reason,
        named_by_id=work.actor.person_id,
        named_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    _record(work, "stand_in_named", made, reason=wanted.reason)
    return made


def end_stand_in(work: Work, stand_in: StandIn, *, reason: str | None) -> None:
    """At once. Raises StandInEnded."""
    if stand_in.is_over(on=work.today):
        raise StandInEnded()
    stand_in.ended_at = work.now
    stand_in.ended_by_id = None if work.actor.person_id == "system" else work.actor.person_id
    work.session.flush()
    _record(work, "stand_in_ended", stand_in, reason=reason)


def _record(work: Work, action: str, stand_in: StandIn, *, reason: str | None) -> None:
    """In the chain of administration; both people are told, but for who did it."""
    people = {i: work.session.get_one(Person, i) for i in (stand_in.person_id, stand_in.stand_in_id)}
    away, deputy = people[stand_in.person_id], people[stand_in.stand_in_id]
    facts: dict[str, Any] = {"person": away.username, "stand_in": deputy.username}
    facts |= {"starts_on": stand_in.starts_on.isoformat(), "ends_on": stand_in.ends_on.isoformat()}
    limits = {"groups": stand_in.groups, "processes": stand_in.processes}
    facts |= {name: value for name, value in limits.items() if value is not None}
    work.administer(action, away.subject, deputy.subject, reason=reason, details=facts)
    for person_id in people:
        if person_id != work.actor.person_id:
            told = {"stand_in_id": stand_in.id, "person_id": person_id, "kind": action}
            work.enqueue("notify_stand_in", told)


def _unfit(session: Session, person: Person, wanted: Appointment) -> Iterator[Problem]:
    deputy = wanted.stand_in
    if deputy.id == person.id:
        yield Problem("stand_in", "stands_in_for_self")
    elif any(m.group in THREE_ADMINISTRATORS for one in (person, deputy) for m in one.memberships):
        yield Problem("stand_in", "administrators_have_no_stand_in")
    elif not _is_colleague(deputy, person):
        yield Problem("stand_in", "not_of_one_line", {"person": deputy.name})
    elif _are_opposed(session, {person.id, deputy.id}, (person, deputy)):
        yield Problem("stand_in", "on_the_other_side", {"person": deputy.name})


def _misdated(wanted: Appointment, today: date) -> Iterator[Problem]:
    if wanted.starts_on < today:
        yield Problem("starts_on", "in_the_past")
    if wanted.ends_on < wanted.starts_on:
        yield Problem("ends_on", "ends_before_it_begins")
    elif wanted.ends_on < today:
        yield Problem("ends_on", "in_the_past")
    elif wanted.ends_on - wanted.starts_on > LONGEST:
        yield Problem("ends_on", "stand_in_too_long", {"days": LONGEST.days})


def _unlimited(person: Person, wanted: Appointment) -> Iterator[Problem]:
    """Groups that are not theirs to pass on, or that the other cannot do the work of."""
    for group in wanted.groups or ():
        held = [m.as_membership() for m in person.memberships if m.group == group]
        own = [m.as_membership() for m in wanted.stand_in.memberships]
        if group != IN_PERSON and not any(is_of_one_line(m, own) for m in held):
            yield Problem("groups", "not_of_one_line", {"person": wanted.stand_in.name})


def _clashing(session: Session, person: Person, wanted: Appointment) -> Iterator[Problem]:
    """Days that are taken, and whoever is away themselves or already acts for the other side of a table."""
    both = [person.id, wanted.stand_in.id]
    query = select(StandIn).where(StandIn.ended_at.is_(None), StandIn.ends_on >= wanted.starts_on)
    query = query.where(or_(StandIn.person_id.in_(both), StandIn.stand_in_id == wanted.stand_in.id))
    near = [one for one in session.scalars(query) if one.shares_days_with(wanted.starts_on, wanted.ends_on)]
    for one in near:
        days = {"starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat()}
        named = {"person": session.get_one(Person, one.stand_in_id).name, **days}
        if one.person_id == person.id and _overlap(one, wanted):
            yield Problem("starts_on", "stand_in_overlaps", named)
        elif one.person_id == wanted.stand_in.id:
            yield Problem("stand_in", "stand_in_is_away", {**named, "person": wanted.stand_in.name})
    others = {one.person_id for one in near if one.stand_in_id == wanted.stand_in.id} - {person.id}
    if others and _are_opposed(session, {*both, *others}, ()):
        yield Problem("stand_in", "acts_for_the_other_side", {"person": wanted.stand_in.name})


def _overlap(one: StandIn, wanted: Appointment) -> bool:
    """Two may stand in for one person at a time for different groups or in different processes."""
    limits = ((one.groups, wanted.groups), (one.processes, wanted.processes))
    return all(mine is None or theirs is None or set(mine) & set(theirs) for mine, theirs in limits)


def _is_colleague(other: Person, person: Person) -> bool:
    own = [m.as_membership() for m in other.memberships]
    return any(is_of_one_line(m.as_membership(), own) for m in person.memberships)


def _are_opposed(session: Session, ids: set[str], people: tuple[Person, ...]) -> bool:
    """Of the two sides of one enterprise, or of a case that has not ended."""
    sides: dict[str, set[str]] = {}
    for m in (m for one in people for m in one.memberships if m.organisation_id and m.group != "worker"):
        side = "worker" if m.group in WORKER_SIDE else "employer" if m.group in EMPLOYER_SIDE else ""
        sides.setdefault(m.organisation_id or "", set()).add(side)
    if any({"worker", "employer"} <= found for found in sides.values()):
        return True
    live = Case.status.in_((CaseStatus.RUNNING, CaseStatus.SUSPENDED))
    query = select(Case.id).where(Case.id.in_(on_both_sides(sorted(ids))), live)
    return session.scalars(query.limit(1)).first() is not None


def _options(session: Session, person: Person) -> list[Mapping[str, str]]:
    found = colleagues_of(session, person)
    ids = {one.organisation_id for one in found if one.organisation_id}
    rows = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    places: dict[str, str] = dict(tuple(row) for row in rows)
    return [{"label": _label(one, places.get(one.organisation_id or "")), "value": one.username} for one in found]


def _label(person: Person, place: str | None) -> str:
    return f"{person.name}（{place}）" if place else f"{person.name}（{person.username}）"


def _group(group: str, locale: str) -> str:
    return sentence("groups", group, locale)

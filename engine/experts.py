"""The register of experts (特派指导员名册): who keeps it, what a line must satisfy, and writing one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import Session, selectinload

from engine.actor import ANYWHERE, SYSTEM, Actor
from engine.city_rules import city_setting
from engine.context import CITY_TIME
from engine.definitions.form import AnswersRejected
from engine.errors import NotFound, Problem
from engine.groups import EXPERT_GROUPS, FEDERATION, SECURITY
from engine.model import Expert, GroupMembership, Person
from engine.model.expert import ExpertStatus
from engine.people import by_sound, members_behind
from engine.permissions import NotInGroup, is_in_charge
from engine.registry import registry_form, town_options
from engine.work import Work

# What holds where no rules are deployed; the number of the city is the setting `expert_warning_days`.
_WARNED_BEFORE = 60
MOST_FIELDS, LONGEST_FIELD = 10, 30
MOST_CANDIDATES = 2_000
_BETWEEN_FIELDS = re.compile(r"[、,，;；\n]+")
_DATES = ("licence_until", "term_from", "term_to")


class ExpertNotFound(NotFound):
    """This person is not in the register of experts, or it is not for your eyes."""


def keeps_experts(actor: Actor) -> bool:
    """The federation of the whole city, and the security administrator; at the terminal, the system."""
    return actor is SYSTEM or is_in_charge(actor, (FEDERATION,), town=None) or actor.is_in(SECURITY)


def reads_experts(actor: Actor) -> bool:
    """Who dispatches for a town reads the register and changes nothing in it."""
    return keeps_experts(actor) or actor.is_in(FEDERATION)


def must_keep_experts(actor: Actor) -> None:
    if not keeps_experts(actor):
        raise NotInGroup(groups=[FEDERATION, SECURITY])


def must_read_experts(actor: Actor) -> None:
    if not reads_experts(actor):
        raise NotInGroup(groups=[FEDERATION, SECURITY])


def known_expert(session: Session, actor: Actor, person_id: str, *, lock: bool = False) -> Expert:
    """For those who read the register, and for the expert. Raises ExpertNotFound."""
    query = select(Expert).where(Expert.person_id == person_id)
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    found = session.scalars(query).first()
    if found is None or not (reads_experts(actor) or actor.person_id == person_id):
        raise ExpertNotFound(person_id=person_id)
    return found


def own_or_kept_expert(work: Work, person_id: str) -> Expert:
    """The line, locked, for the expert and for who keeps the register. Raises ExpertNotFound, NotInGroup."""
    expert = known_expert(work.session, work.actor, person_id, lock=True)
    if person_id != work.actor.person_id:
        must_keep_experts(work.actor)
    return expert


def expert_words(session: Session, person: Person | None = None) -> dict[str, Any]:
    """What the form of an expert may name: the towns, and this person, or all who may be entered."""
    people = [person] if person else sorted(_candidates(session), key=by_sound)
    options = [{"label": f"{one.name}（{one.username}）", "value": one.username} for one in people]
    return {"candidates": options, "known_towns": town_options(session)}


def _candidates(session: Session) -> Iterable[Person]:
    """Those with a group of experts who are not in the register yet."""
    held = exists().where(GroupMembership.person_id == Person.id, GroupMembership.group.in_(EXPERT_GROUPS.values()))
    entered = exists().where(Expert.person_id == Person.id)
    return session.scalars(select(Person).where(Person.left_at.is_(None), held, ~entered).limit(MOST_CANDIDATES))


def people_to_enter(session: Session, usernames: Iterable[str]) -> dict[str, Person]:
    """By user name, locked, with memberships; who has left is not among them."""
    query = select(Person).where(Person.username.in_(list(usernames)), Person.left_at.is_(None))
    query = query.order_by(Person.id).with_for_update().execution_options(populate_existing=True)
    return {one.username: one for one in session.scalars(query.options(selectinload(Person.memberships)))}


def lines_of(session: Session, people: Iterable[Person]) -> dict[str, Expert]:
    """By person id, locked, of those who are in the register."""
    query = select(Expert).where(Expert.person_id.in_([one.id for one in people])).order_by(Expert.person_id)
    return {one.person_id: one for one in session.scalars(query.with_for_update())}


def accept_expert(answers: Mapping[str, Any], words: Mapping[str, Any], *, person: Person, by: Actor) -> dict[str, Any]:
    """The columns of a line of the register; `person` has memberships. Raises AnswersRejected."""
    values = registry_form("expert").accept(answers, words).values
    fields = fields_of(values["fields"])
    problems = [*_unfit(person, values["profession"], by), *_misnamed(fields)]
    if problems:
        raise AnswersRejected(problems=problems, form="expert")
    texts = {key: values[key] for key in ("profession", "licence_no", "employer")}
    days = {key: date.fromisoformat(values[key]) for key in _DATES}
    return {**texts, **days, "fields": fields, "towns": values["towns"] or [], "max_open": values["max_open"]}


def answers_of(expert: Expert) -> dict[str, Any]:
    """What fills the form of an expert, but for the person."""
    texts = {key: getattr(expert, key) for key in ("profession", "licence_no", "employer", "max_open")}
    days = {key: getattr(expert, key).isoformat() for key in _DATES}
    return {**texts, **days, "fields": "、".join(expert.fields), "towns": list(expert.towns)}


def fields_of(text: str) -> list[str]:
    """Written one after the other; each counts once."""
    return list(dict.fromkeys(one for one in (" ".join(part.split()) for part in _BETWEEN_FIELDS.split(text)) if one))


def write_expert(work: Work, person: Person, facts: Mapping[str, Any], *, known: Expert | None) -> Expert:
    """A new line, or a changed one; the same again is no act."""
    if known is None:
        made = Expert(person_id=person.id, status=ExpertStatus.ACTIVE, changed_at=work.now, **facts)
        work.session.add(made)
        work.administer("expert_entered", person.subject, details={"person": person.username})
        work.session.flush()
        return made
    changed = known.describe(facts)
    if changed:
        known.changed_at = work.now
        # As with people: what stood there before and after stays out of the history, numbers of licences too.
        details = {"person": person.username, "changed": changed}
        work.administer("expert_changed", person.subject, details=details)
        work.session.flush()
    return known


def ends_on() -> ColumnElement[Any]:
    """`Expert.ends_on` in SQL."""
    return case((Expert.licence_until < Expert.term_to, Expert.licence_until), else_=Expert.term_to)


def warned_before(session: Session, today: date) -> timedelta:
    """So long before a licence or a term ends the expert and those who keep the register are warned."""
    return timedelta(days=int(city_setting(session, "expert_warning_days", today, default=_WARNED_BEFORE)))


def ends_soon(session: Session, today: date) -> ColumnElement[bool]:
    return ends_on().between(today, today + warned_before(session, today))


def experts_to_warn_of(session: Session, today: date) -> ColumnElement[bool]:
    """Active and suspended ones that end soon, of which nobody was told."""
    is_told = Expert.warned_of.is_not(None) & (Expert.warned_of == ends_on())
    return (Expert.status != ExpertStatus.DISMISSED) & ends_soon(session, today) & ~is_told


def experts_to_let_go(today: date) -> ColumnElement[bool]:
    """Those whose licence or term is over, and whose cases have not been told of that end."""
    is_told = Expert.released_of.is_not(None) & (Expert.released_of == ends_on())
    return (ends_on() < today) & ~is_told


def let_go(work: Work, person_id: str, *, on: date | None = None) -> None:
    """What they were offered and what they work on hears of it, on a day to come or at once (`let_expert_go`)."""
    begins = datetime.combine(on, time(), CITY_TIME) if on else work.now
    work.enqueue("let_expert_go", {"person_id": person_id}, after=max(begins - work.now, timedelta(0)))


def federation_members(session: Session) -> list[str]:
    """Person ids of those of the federation who keep the register."""
    return members_behind(session, [f"{FEDERATION}@{ANYWHERE}"])


def dismiss_who_left(work: Work, person: Person) -> None:
    """Somebody who left is nobody's expert any more; the act of leaving says so."""
    found = lines_of(work.session, [person]).get(person.id)
    if found is not None and found.status != ExpertStatus.DISMISSED:
        found.set_status(ExpertStatus.DISMISSED, at=work.now)
        let_go(work, person.id)


def must_fit_profession(person: Person, profession: str) -> None:
    """Raises AnswersRejected when the person has no longer the group of the profession."""
    problems = list(_without_group(person, profession))
    if problems:
        raise AnswersRejected(problems=problems, form="expert")


def _unfit(person: Person, profession: str, by: Actor) -> Iterator[Problem]:
    if person.id == by.person_id:
        yield Problem("person", "own_line_of_experts")
    yield from _without_group(person, profession)


def _without_group(person: Person, profession: str) -> Iterator[Problem]:
    if EXPERT_GROUPS[profession] not in {m.group for m in person.memberships}:
        yield Problem("profession", "not_of_this_profession", {"person": person.name})


def _misnamed(fields: list[str]) -> Iterator[Problem]:
    if not fields:
        yield Problem("fields", "required")
    if len(fields) > MOST_FIELDS:
        yield Problem("fields", "too_many_fields", {"limit": MOST_FIELDS})
    for one in fields:
        if len(one) > LONGEST_FIELD:
            yield Problem("fields", "field_too_long", {"field": one, "limit": LONGEST_FIELD})

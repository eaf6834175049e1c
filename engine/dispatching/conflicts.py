"""What the system knows that keeps an expert out of a case (DOMAIN 4.4); the expert declares the rest.

Only codes leave this module: which other case it was is nobody's business.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from engine.groups import EMPLOYER_SIDE, WORKER_SIDE
from engine.model import Case, Expert, ExpertOffer, Organisation, Party, ProcessInstance
from engine.model.expert_offer import OfferOutcome
from engine.model.party import EXPERT, LEAD_EXPERT

OWN_EMPLOYER = "employer_is_enterprise"
OTHER_EMPLOYER = "employer_is_counterparty"
SERVED_OTHER = "served_counterparty"
WAGE_SIDE = "wage_case_other_side"
ON_THE_CASE = "on_the_case"
# Who answered so, or did not answer, is not asked again in the same case.
ASKED_BEFORE = {
    OfferOutcome.DECLINED: "declined_before",
    OfferOutcome.RECUSED: "recused_before",
    OfferOutcome.LAPSED: "lapsed_before",
    OfferOutcome.LEFT: "left_before",
}
# A collective contract is made for three years at most (集体合同规定, article 38).
LONGEST_TERM = timedelta(days=3 * 366)
# What a wage case remembers of the negotiators of each side; who comes from outside is named there in words.
SIDES = {"worker": ("worker_reps", WORKER_SIDE), "employer": ("employer_reps", EMPLOYER_SIDE)}
BOTH = "both"
# Few cases have any, and what a case remembers is long: the others are not read. As `ExactJson` writes it.
_HAS_OUTSIDERS = type_coerce(ProcessInstance.variables, Text).contains('"is_external":true')
_CITY = ZoneInfo("Asia/Shanghai")
_NAME = re.compile(r"[^\s,，、;；(（]+")


@dataclass(frozen=True)
class Known:
    """An expert, as far as a conflict can be found by it."""

    person_id: str
    name: str
    employer: str


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The case to be dispatched: for whom, against whom, which side asks; what ended before `since` counts no more.

    Somebody who is asked by both sides of an enterprise, or for both, may have negotiated for neither.
    """

    case_id: str
    enterprise: Organisation | None
    counterparty: str = ""
    side: str = "employer"
    today: date
    since: date


def conflicts(session: Session, matter: Matter, people: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    """Person ids to the codes of all that is known against them; who is not in it is free."""
    known = list(people)
    found: dict[str, set[str]] = defaultdict(set)
    for person_id, code in (*_employers(matter, known), *_in_this_case(session, matter)):
        found[person_id].add(code)
    for code, (ids, names) in {
        SERVED_OTHER: _who_served_the_other(session, matter),
        WAGE_SIDE: _who_negotiated_against(session, matter),
    }.items():
        for one in known:
            if one.person_id in ids or plain(one.name) in names:
                found[one.person_id].add(code)
    return {person_id: tuple(sorted(codes)) for person_id, codes in found.items()}


def plain(name: str) -> str:
    """A name without what people write differently: width of characters, spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def _employers(matter: Matter, known: Iterable[Known]) -> Iterator[tuple[str, str]]:
    own, other = plain(matter.enterprise.name) if matter.enterprise else "", plain(matter.counterparty)
    for one in known:
        employer = plain(one.employer)
        if employer and employer == own:
            yield one.person_id, OWN_EMPLOYER
        if employer and employer == other:
            yield one.person_id, OTHER_EMPLOYER


def _in_this_case(session: Session, matter: Matter) -> Iterator[tuple[str, str]]:
    asked = select(ExpertOffer.person_id, ExpertOffer.outcome)
    for person_id, outcome in session.execute(
        asked.where(ExpertOffer.case_id == matter.case_id, ExpertOffer.outcome.in_(list(ASKED_BEFORE)))
    ):
        yield person_id, ASKED_BEFORE[OfferOutcome(outcome)]
    for person_id in session.scalars(select(Party.person_id).where(Party.case_id == matter.case_id, _as_expert())):
        yield person_id, ON_THE_CASE


def _who_served_the_other(session: Session, matter: Matter) -> tuple[set[str], set[str]]:
    """Ids and names of those who work for the counterparty, or did so lately: as expert or at its side of a table."""
    if not matter.counterparty.strip():
        return set(), set()
    wanted = plain(matter.counterparty)
    spellings = {matter.counterparty.strip(), wanted, wanted.replace("(", "（").replace(")", "）")}
    mine = (
        Case.enterprise_id.in_(select(Organisation.id).where(Organisation.name.in_(spellings))),
        or_(Case.closed_at.is_(None), Case.closed_at >= _moment(matter.since)),
    )
    for_it = or_(_as_expert(), Party.role.in_(sorted(EMPLOYER_SIDE)))
    ids = set(session.scalars(select(Party.person_id).join(Case, Case.id == Party.case_id).where(*mine, for_it)))
    cases = session.scalars(_variables().where(*mine, _HAS_OUTSIDERS))
    return ids, {name for variables in cases for name in _outsiders(variables, "employer")}


def _who_negotiated_against(session: Session, matter: Matter) -> tuple[set[str], set[str]]:
    """Ids and names of those on the other side of a wage case of this enterprise, while its contract runs."""
    if matter.enterprise is None:
        return set(), set()
    others = [side for side in SIDES if side != matter.side]
    may_count = or_(Case.closed_at.is_(None), Case.closed_at >= _moment(matter.today - LONGEST_TERM))
    mine = (Case.enterprise_id == matter.enterprise.id, Case.id != matter.case_id, may_count)
    of_side = select(Party.person_id, Party.case_id).join(Case, Case.id == Party.case_id)
    roles = frozenset().union(*(SIDES[other][1] for other in others))
    of_side = of_side.where(Party.role.in_(sorted(roles)), Party.person_id.in_(select(Expert.person_id)))
    seats = session.execute(of_side.where(*mine)).all()
    concerned = or_(_HAS_OUTSIDERS, Case.id.in_({seat.case_id for seat in seats}))
    rows = session.execute(_variables().add_columns(Case.id, Case.closed_at).where(*mine, concerned))
    running = {case_id: values for values, case_id, closed_at in rows if _still_counts(values, closed_at, matter)}
    ids = {seat.person_id for seat in seats if seat.case_id in running}
    return ids, {name for values in running.values() for other in others for name in _outsiders(values, other)}


def _still_counts(variables: Mapping[str, Any], closed_at: datetime | None, matter: Matter) -> bool:
    """An open case counts; a closed one until its contract ends, and without a contract as long as other work."""
    if closed_at is None:
        return True
    ends = _day(variables.get("term_end"))
    return ends >= matter.today if ends else closed_at >= _moment(matter.since)


def _outsiders(variables: Mapping[str, Any], side: str) -> Iterator[str]:
    """Names of the outside negotiators of a side, written as 金如实（永康求实会计师事务所）.

    Somebody else of the same name is kept out too: the coordinator sees why, and can still choose them.
    """
    rows = variables.get(SIDES[side][0])
    for row in rows if isinstance(rows, list) else ():
        named = (
            isinstance(row, Mapping) and row.get("is_external") is True and _NAME.search(str(row.get("expert") or ""))
        )
        if named:
            yield plain(named.group())


def _as_expert() -> Any:
    return Party.role.in_((EXPERT, LEAD_EXPERT))


def _variables() -> Any:
    return select(ProcessInstance.variables).join(Case, Case.id == ProcessInstance.case_id)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), _CITY)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None

"""Requests of the same enterprise that may be about the same, for whoever takes a new one in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from engine.case_work import CaseWork
from engine.dispatching.conflicts import plain
from engine.model import Case, ProcessInstance

ALIKE = 0.3
MOST_SHOWN = 10
MOST_READ = 200
_CITY = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Similar:
    case: Case
    title: str
    is_same_category: bool
    likeness: float


def similar_cases(folder: CaseWork, inputs: Mapping[str, Any]) -> list[dict[str, str]]:
    """`{number, title, opened_on}`: of the same category first, then the most alike."""
    title, category = str(inputs.get("title") or ""), inputs.get("category")
    found = [
        Similar(case, own, bool(category) and values.get("category") == category, likeness(title, own))
        for case, values in _neighbours(folder)
        if (own := str(values.get("title") or case.title))
    ]
    alike = [one for one in found if one.likeness >= ALIKE]
    alike.sort(key=lambda one: (not one.is_same_category, -one.likeness, one.case.number))
    return [_shown(one) for one in alike[:MOST_SHOWN]]


def likeness(one: str, other: str) -> float:
    """What two titles have in common of their runs of three characters, from 0 to 1."""
    mine, theirs = runs(one), runs(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def runs(words: str) -> set[str]:
    """Of three characters each, with the ends marked, so that titles of one or two characters have some too."""
    text = plain(words).casefold()
    padded = f"  {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)} if text else set()


def _neighbours(folder: CaseWork) -> list[tuple[Case, Mapping[str, Any]]]:
    """The newest of the same process and enterprise that are open or were closed lately."""
    case, work = folder.case, folder.work
    if case.enterprise_id is None:
        return []
    days = int(folder.rules.setting("duplicate_request_days", work.today))
    is_fresh = or_(Case.closed_at.is_(None), Case.closed_at >= work.now - timedelta(days=days))
    query = select(Case, ProcessInstance.variables).join(ProcessInstance, ProcessInstance.case_id == Case.id)
    query = query.where(Case.enterprise_id == case.enterprise_id, Case.process == case.process, Case.id != case.id)
    rows = work.session.execute(query.where(is_fresh).order_by(Case.created_at.desc(), Case.id).limit(MOST_READ))
    return [(row[0], row[1]) for row in rows]


def _shown(one: Similar) -> dict[str, str]:
    opened = one.case.created_at.astimezone(_CITY).date()
    return {"number": one.case.number, "title": one.title, "opened_on": opened.isoformat()}

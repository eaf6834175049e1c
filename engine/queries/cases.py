"""Cases I may see, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, CaseAudience
from engine.queries.looking_up import deployments_by_id, next_clocks, organisations_by_id, people_by_id
from engine.queries.paging import MOST_COUNTED, Order, Page, counted, slice_of
from engine.queries.row_making import case_row
from engine.queries.rows import CaseRow
from engine.queries.seeing import may_see_case
from engine.queries.text_search import MOST_NAMED, cases_named, few, is_named
from engine.visibility import reached


@dataclass(frozen=True)
class CaseFilter:
    """`text` looks in number, title and enterprise; `enterprise` is an organisation id."""

    text: str | None = None
    status: str | None = None
    process: str | None = None
    stage: str | None = None
    town: str | None = None
    enterprise: str | None = None


_NEWEST = Order(Case.created_at, Case.id, is_descending=True)


def cases(
    session: Session,
    actor: Actor,
    *,
    filters: CaseFilter,
    catalogue: Catalogue,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[CaseRow]:
    matching = _filtered(session, _seen(session, actor), filters)
    query = matching.with_only_columns(_NEWEST.moment, _NEWEST.id)
    page = slice_of(session, query, _NEWEST, cursor=cursor, limit=limit)
    is_all = cursor is None and page.after is None
    most = MOST_NAMED if filters.text else MOST_COUNTED  # reading so many titles costs more than the page
    total, is_exact = (len(page.rows), True) if is_all else counted(session, matching, most=most)
    rows = case_rows(session, _in_order(session, [row[1] for row in page.rows]), catalogue=catalogue)
    return Page(tuple(rows), page.after, total, page.before, is_exact)


def _seen(session: Session, actor: Actor) -> Select[Any]:
    """Who sees few cases has them looked at one by one: else PostgreSQL walks through the whole city to find them."""
    column = CaseAudience.case_id
    mine = few(session, select(column).where(reached(actor, CaseAudience.audience.in_, column)))
    return select(Case.id).where(may_see_case(actor) if mine is None else Case.id.in_(mine))


def _in_order(session: Session, ids: Sequence[str]) -> list[Case]:
    found = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))} if ids else {}
    return [found[id_] for id_ in ids]


def case_rows(session: Session, found: Sequence[Case], *, catalogue: Catalogue) -> list[CaseRow]:
    deployments = deployments_by_id(session, [c.deployment_id for c in found]) if found else {}
    enterprises = organisations_by_id(session, [c.enterprise_id for c in found])
    creators = people_by_id(session, [c.created_by for c in found])
    clocks = next_clocks(session, [c.id for c in found]) if found else {}
    return [
        case_row(
            c,
            deployments[c.deployment_id],
            process=catalogue.bundle(session, c.deployment_id).process,
            enterprise=enterprises.get(c.enterprise_id or ""),
            creator=creators.get(c.created_by, (None, ""))[0],
            next_due=clocks.get(c.id),
        )
        for c in found
    ]


def _filtered(session: Session, query: Select[Any], filters: CaseFilter) -> Select[Any]:
    text = (filters.text or "").strip()
    if text:
        ids = cases_named(session, text)
        query = query.where(is_named(text) if ids is None else Case.id.in_(ids))
    equal = (
        (Case.status, filters.status),
        (Case.process, filters.process),
        (Case.stage, filters.stage),
        (Case.town, filters.town),
        (Case.enterprise_id, filters.enterprise),
    )
    return query.where(*(column == value for column, value in equal if value))

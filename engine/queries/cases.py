"""Cases I may see, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, Organisation
from engine.queries.looking_up import deployments_by_id, next_clocks, organisations_by_id, people_by_id
from engine.queries.paging import Page, clamp, read_cursor, write_cursor
from engine.queries.row_making import case_row
from engine.queries.rows import CaseRow
from engine.queries.seeing import may_see_case


@dataclass(frozen=True)
class CaseFilter:
    """`text` looks in number, title and enterprise."""

    text: str | None = None
    status: str | None = None
    process: str | None = None
    stage: str | None = None
    town: str | None = None


def cases(
    session: Session,
    actor: Actor,
    *,
    filters: CaseFilter,
    catalogue: Catalogue,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[CaseRow]:
    matching = _filtered(select(Case).where(may_see_case(actor)), filters)
    total = session.scalar(select(func.count()).select_from(matching.with_only_columns(Case.id).subquery())) or 0
    query = matching.order_by(Case.created_at.desc(), Case.id.desc())
    if cursor:
        query = query.where(tuple_(Case.created_at, Case.id) < read_cursor(cursor, datetime, str))
    found = session.scalars(query.limit(clamp(limit) + 1)).all()
    shown = found[: clamp(limit)]
    more = write_cursor(shown[-1].created_at, shown[-1].id) if len(found) > len(shown) else None
    return Page(tuple(case_rows(session, shown, catalogue=catalogue)), more, total)


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


def _filtered(query: Select[Any], filters: CaseFilter) -> Select[Any]:
    if filters.text:
        escaped = filters.text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.outerjoin(Organisation, Organisation.id == Case.enterprise_id)
        places = (Case.number, Case.title, Organisation.name)
        query = query.where(or_(*(place.ilike(f"%{escaped}%", escape="\\") for place in places)))
    equal = (
        (Case.status, filters.status),
        (Case.process, filters.process),
        (Case.stage, filters.stage),
        (Case.town, filters.town),
    )
    return query.where(*(column == value for column, value in equal if value))

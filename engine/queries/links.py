"""The cases that belong together with this one."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Case, CaseLink
from engine.queries.rows import CaseLinkRow
from engine.queries.seeing import may_see_case


def links_of(session: Session, actor: Actor, case: Case) -> tuple[CaseLinkRow, ...]:
    """Oldest first. Of a case that this person may not see only the number is told."""
    query = select(CaseLink).where(or_(CaseLink.from_case_id == case.id, CaseLink.to_case_id == case.id))
    found = session.scalars(query.order_by(CaseLink.created_at, CaseLink.id)).all()
    others = {link.id: link.to_case_id if link.from_case_id == case.id else link.from_case_id for link in found}
    cases = {c.id: c for c in session.scalars(select(Case).where(Case.id.in_(others.values())))} if found else {}
    seen = _seen(session, actor, cases) if cases else set()
    return tuple(_row(link, case, cases[others[link.id]], seen) for link in found)


def _seen(session: Session, actor: Actor, cases: dict[str, Case]) -> set[str]:
    return set(session.scalars(select(Case.id).where(Case.id.in_(cases), may_see_case(actor))))


def _row(link: CaseLink, case: Case, other: Case, seen: set[str]) -> CaseLinkRow:
    direction = "to" if link.from_case_id == case.id else "from"
    is_seen = other.id in seen
    return CaseLinkRow(
        link.kind, direction, other.id if is_seen else None, other.number, other.title if is_seen else None
    )

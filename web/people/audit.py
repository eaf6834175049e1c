"""The audit: what administrators did, logins and refusals; checked, and taken out to be verified elsewhere."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template
from flask_babel import lazy_gettext as later

from engine.commands.take_audit_excerpt import TakeAuditExcerpt
from engine.queries.audit import AuditFilter, audit, audit_evidence, audit_lines, audit_state
from web import door
from web.list_filters import address_with, given
from web.people.admin_words import ACTS
from web.people.audit_sheet import audit_sheet
from web.people.organisations import part_of
from web.permission import permission

ROWS = 50
STREAMS = {"administration": later("管理操作"), "system": later("登录与系统")}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
screen = Blueprint("audit", __name__)


@screen.get("/audit")
@permission("audit")
def show() -> str:
    filters = _filters()
    with door.reading() as session:
        rows = audit(session, door.actor(), filters=filters, cursor=given("cursor"), limit=ROWS)
    return render_template(
        f"people/{part_of('audit')}.html", rows=rows, streams=STREAMS, stream=filters.stream, acts=ACTS,
        more=address_with(cursor=rows.next) if rows.next else None, address_with=address_with,
        filtered=any(map(given, ("actor", "action", "since", "until"))),
    )  # fmt: skip


@screen.get("/audit/chain")
@permission("audit")
def chain() -> str:
    with door.reading() as session:
        state = audit_state(session, door.actor(), _filters().stream)
    return render_template("people/audit_chain.html", chain=state, streams=STREAMS, stream=_filters().stream)


@screen.post("/audit/<any(evidence, sheet):form>")
@permission("audit")
def take(form: str) -> Response:
    """A bundle that anybody verifies, or a sheet to read; that it was taken is recorded first."""
    filters = _filters()
    door.run(TakeAuditExcerpt(stream=filters.stream, since=filters.since, until=filters.until, form=form))
    with door.reading() as session:
        content = _taken(session, form, filters)
    ending, kind = ("zip", "application/zip") if form == "evidence" else ("xlsx", _SHEET)
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{filters.stream}.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _taken(session: Any, form: str, filters: AuditFilter) -> bytes:
    if form == "evidence":
        return audit_evidence(session, door.actor(), filters=filters, now=door.now())
    return audit_sheet(audit_lines(session, door.actor(), filters=filters))


def _filters() -> AuditFilter:
    return AuditFilter(
        stream=given("stream") or "administration", actor=given("actor"), action=given("action"),
        since=_day("since"), until=_day("until"),
    )  # fmt: skip


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(given(name) or "")
    except ValueError:
        return None

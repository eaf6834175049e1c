"""All cases this person may see."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as later

from engine.queries.cases import CaseFilter, cases
from web import door
from web.fragments import is_part_of_list
from web.list_filters import address_with, filter_choices, given
from web.permission import permission

ROWS = 40
STATUSES = {
    "running": later("办理中"),
    "suspended": later("已挂起"),
    "completed": later("已办结"),
    "cancelled": later("已终止"),
}
screen = Blueprint("case_list", __name__)


@screen.get("/cases")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        shown = cases(
            session,
            door.actor(),
            filters=_filters(),
            catalogue=door.engine().catalogue,
            cursor=given("cursor"),
            limit=ROWS,
        )
        return _drawn(session, shown)


def _drawn(session: Any, shown: Any) -> str:
    """What comes below the rows that are there already needs no choices."""
    more = address_with(cursor=shown.next) if shown.next else None
    if is_part_of_list() and given("cursor"):
        return render_template("cases/list_more.html", rows=shown, more=more)
    return render_template(
        "cases/list.html" if is_part_of_list() else "cases/list_page.html", rows=shown, more=more,
        choices=filter_choices(session), statuses=tuple(STATUSES.items()), filtered=_is_filtered(),
    )  # fmt: skip


def _filters() -> Any:
    return CaseFilter(
        text=given("q"), status=given("status"), process=given("process"), stage=given("stage"), town=given("town")
    )


def _is_filtered() -> bool:
    return any(given(name) for name in ("q", "status", "process", "stage", "town"))

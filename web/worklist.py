"""The worklist: what I have, what I could take, what is late."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from engine.commands.claim_task import ClaimTask
from engine.errors import Conflict, NotAllowed
from engine.queries.task_file import task_file
from engine.queries.worklist import TaskFilter, worklist, worklist_counts
from web import door
from web.error_pages import sentence_for
from web.list_filters import address_with, filter_choices, given
from web.permission import permission

ROWS = 40
VIEWS = {
    "mine": (later("我的"), "person"),
    "claimable": (later("待领取"), "inbox"),
    "group": (later("本组"), "people"),
    "overdue": (later("已逾期"), "clock-late"),
    "done": (later("已办"), "check-circle"),
}
DUE = {"1": later("今日到期"), "3": later("3 日内到期"), "7": later("7 日内到期")}
screen = Blueprint("worklist", __name__)


@screen.get("/")
@permission("signed_in")
def home() -> Response:
    return redirect(url_for("pages.worklist.show"))


@screen.get("/tasks")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        counts = worklist_counts(session, door.actor(), now=door.now())
        view = _view(counts)
        shown = _rows(session, view)
        if given("cursor") and _is_fragment():
            return render_template("worklist/more.html", rows=shown, view=view, more=_more_address(shown))
        return render_template(
            "worklist/list.html" if _is_fragment() else "worklist/page.html",
            rows=shown, view=view, views=VIEWS, counts=counts,
            choices=filter_choices(session), due=tuple(DUE.items()), more=_more_address(shown),
            filtered=_is_filtered(), address_with=address_with,
        )  # fmt: skip


@screen.post("/tasks/<task_id>/claim")
@permission("case_party")
def claim(task_id: str) -> Response | str:
    """Take a task from the row; without scripts, the task opens."""
    try:
        door.run(ClaimTask(task_id=task_id))
    except (Conflict, NotAllowed) as refusal:
        if not _is_fragment():
            raise
        return _row(task_id, said=sentence_for(refusal), tone="bad")
    if _is_fragment():
        return _row(task_id, said=_("已领取"), tone="good")
    return redirect(url_for("pages.task_page.show", task_id=task_id))


def _view(counts: Mapping[str, int]) -> str:
    """The view of the address; else my tasks, or what I could take when I have none."""
    asked = request.args.get("view")
    if asked in VIEWS:
        return asked
    return "claimable" if not counts["mine"] and counts["claimable"] else "mine"


def _row(task_id: str, *, said: str, tone: str) -> str:
    with door.reading() as session:
        engine = door.engine()
        found = task_file(session, door.actor(), task_id, catalogue=engine.catalogue, now=door.now())
        counts = worklist_counts(session, door.actor(), now=door.now())
    in_the_rail = {name: number for name, number in counts.items() if name in VIEWS}
    return render_template("worklist/claimed.html", task=found.task, counts=in_the_rail, said=said, tone=tone)


def _rows(session: Any, view: str) -> Any:
    return worklist(
        session, door.actor(), filters=_filters(view), catalogue=door.engine().catalogue, now=door.now(),
        cursor=given("cursor"), limit=ROWS,
    )  # fmt: skip


def _filters(view: str) -> TaskFilter:
    days = given("due")
    due_before = door.now() + timedelta(days=int(days)) if days in DUE else None
    return TaskFilter(
        view=view, text=given("q"), process=given("process"), stage=given("stage"), town=given("town"),
        due_before=due_before,
    )  # fmt: skip


def _is_filtered() -> bool:
    return any(given(name) for name in ("q", "process", "stage", "town", "due"))


def _is_fragment() -> bool:
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _more_address(shown: Any) -> str | None:
    return address_with(cursor=shown.next) if shown.next else None

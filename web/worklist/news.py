"""What a page that stands open asks every few seconds: is there something new, is a row not mine to take any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, jsonify, request
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.queries.task_filters import filter_of
from engine.queries.worklist import worklist_counts
from engine.queries.worklist_news import MOST_ROWS, Change, Standing, changes, new_tasks
from web import door
from web.language import moment
from web.permission import permission
from web.worklist.queue import asked_here
from web.worklist.screen import screen


@screen.get("/tasks/news")
@permission("signed_in")
def news() -> Response:
    """`since` is when the page was drawn, `rows` what it shows: `id~state~username` with commas between."""
    now, since = door.now(), _moment(request.args.get("since", ""))
    with door.reading() as session:
        filters = filter_of(asked_here(), now=now)
        number = new_tasks(session, door.actor(), filters, since=since, now=now) if since else 0
        changed = changes(session, door.actor(), _shown())
        told = number or changed or "counts" in request.args
        counts = worklist_counts(session, door.actor(), now=now) if told else {}
    said = {change.task_id: {"state": change.state, "said": change_words(change)} for change in changed}
    return jsonify(new=number, news=_new_words(number), counts=counts, changed=said)


def change_words(change: Change) -> str:
    """Who has done what to the row, and when."""
    who = {"person": change.person_name, "time": moment(change.at) if change.at else ""}
    if change.state == "claimed" and change.person == door.actor().username:
        return _("已由您领取")
    words = {
        "claimed": _("%(person)s 于 %(time)s 领取", **who),
        "completed": _("%(person)s 于 %(time)s 办结", **who),
        "open": _("已放回待领取"),
        "cancelled": _("已取消，不需要办理"),
    }
    return words.get(change.state, _("已不在您的列表中"))


def _new_words(number: int) -> str:
    return ngettext("%(num)d 条新任务 – 显示", "%(num)d 条新任务 – 显示", number) if number else ""


def _shown() -> Mapping[str, Standing]:
    told = [row.split("~") for row in request.args.get("rows", "").split(",") if row.count("~") == 2]
    return {id_: Standing(state, assignee or None) for id_, state, assignee in told[:MOST_ROWS]}


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None

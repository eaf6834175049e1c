"""The worklist: what I have, what I could take, what is late."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from engine.actor import Absent
from engine.asking import Asked
from engine.errors import NotFound
from engine.queries.desk import DeskRow, ViewRow, asked_by, desk
from engine.queries.task_filters import filter_of
from engine.queries.worklist import stead_counts, worklist, worklist_counts
from web import door
from web.fragments import is_part_of_list
from web.list_filters import given
from web.permission import permission
from web.worklist.chips import chips
from web.worklist.columns import COLUMN_WORDS, SORTED_BY
from web.worklist.preview import previewed
from web.worklist.queue import VIEWS, address_of, asked_here, words_of
from web.worklist.screen import screen
from web.worklist.typed import settled

ROWS = 50


@screen.get("/")
@permission("signed_in")
def home() -> Response:
    return redirect(url_for("pages.worklist.show"))


@screen.get("/tasks")
@permission("signed_in")
def show() -> Response | str:
    with door.reading() as session:
        counts = worklist_counts(session, door.actor(), now=door.now())
        asked = _or_where_work_is(asked_here(), counts)
        meant = settled(session, asked)
        if meant is not None:
            return redirect(address_of(meant))
        return draw(session, asked, counts)


def draw(session: Any, asked: Asked, counts: Mapping[str, int]) -> str:
    """The list with everything around it; as a part of the page for a request of htmx."""
    is_part = is_part_of_list()
    arranged = desk(session, door.actor())
    saved = arranged.view(given("saved"))
    now = door.now()
    rows = worklist(
        session, door.actor(), filters=filter_of(asked, now=now), catalogue=door.engine().catalogue, now=now,
        cursor=given("cursor"), limit=ROWS,
    )  # fmt: skip
    return render_template(
        "worklist/desk.html" if is_part else "worklist/page.html",
        asked=asked, words=words_of(asked), views=VIEWS, counts=counts, rows=rows, drawn_at=now,
        stead=_stead(session), chips=chips(session, asked, saved.id if saved else None), preview=_looked_at(session),
        **_arranged(arranged, saved, asked),
    )  # fmt: skip


def _stead(session: Any) -> list[tuple[Absent, int]]:
    """Those for whom this person stands in, with what waits because of that."""
    absent = {one.username: one for one in door.actor().absent}
    counts = stead_counts(session, door.actor(), now=door.now())
    return [(absent[username], number) for username, number in counts.items()]


def _arranged(arranged: DeskRow, saved: ViewRow | None, asked: Asked) -> dict[str, Any]:
    return {
        "desk": arranged,
        "columns": arranged.columns,
        "column_words": COLUMN_WORDS,
        "sorted_by": SORTED_BY,
        "saved": saved,
        "is_changed": saved is not None and asked_by(saved) != asked,
    }


def _or_where_work_is(asked: Asked, counts: Mapping[str, int]) -> Asked:
    """Without a view in the address: my tasks, or what I could take when I have none."""
    is_empty = not counts["mine"] and counts["claimable"]
    return replace(asked, view="claimable") if is_empty and not request.args.get("view") else asked


def _looked_at(session: Any) -> Mapping[str, Any] | None:
    """The task that the address holds open beside the list; one that is gone is not missed."""
    task_id = given("open")
    try:
        return previewed(session, task_id) if task_id else None
    except NotFound:
        return None

"""What is done with one row without leaving the list; each act says how it is taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as later

from engine.command import Command
from engine.commands.claim_task import ClaimTask
from engine.commands.follow import Follow
from engine.commands.release_task import ReleaseTask
from engine.commands.unfollow import Unfollow
from engine.errors import Conflict, NotAllowed
from engine.queries.desk import desk
from engine.queries.worklist import one_task, worklist_counts
from web import door
from web.error_pages import sentence_for
from web.fragments import is_part_of_list
from web.permission import permission
from web.worklist.page import draw
from web.worklist.queue import address_of, asked_here
from web.worklist.screen import screen


@dataclass(frozen=True)
class RowAct:
    command: Callable[..., Command[Any]]
    said: Any
    undo: str


ACTS: Mapping[str, RowAct] = {
    "claim": RowAct(ClaimTask, later("已领取"), "unclaim"),
    "unclaim": RowAct(ReleaseTask, later("已放回待领取"), "claim"),
    "follow": RowAct(Follow, later("已关注"), "unfollow"),
    "unfollow": RowAct(Unfollow, later("已取消关注"), "follow"),
}


@screen.post(f"/tasks/<task_id>/<any({', '.join(ACTS)}):act>")
@permission("case_party")
def act(task_id: str, act: str) -> Response | str:
    """Do it and show the row again; without scripts a claimed task opens."""
    wanted = ACTS[act]
    try:
        door.run(wanted.command(task_id=task_id))
    except (Conflict, NotAllowed) as refusal:
        if not is_part_of_list():
            raise
        return _row(task_id, said=sentence_for(refusal), tone="bad")
    if "undo" in request.args:
        return _list_again()
    if is_part_of_list():
        return _row(task_id, said=str(wanted.said), tone="good", undo=wanted.undo)
    return _gone_on(task_id, act)


def _gone_on(task_id: str, act: str) -> Response:
    flash(str(ACTS[act].said), "good")
    if act == "claim":
        return redirect(url_for("pages.task_page.show", task_id=task_id))
    return redirect(address_of(asked_here()))


def _list_again() -> Response | str:
    """What was undone may bring a row back that had left the list."""
    asked = asked_here()
    if not is_part_of_list():
        return redirect(address_of(asked))
    with door.reading() as session:
        return draw(session, asked, worklist_counts(session, door.actor(), now=door.now()))


def _row(task_id: str, *, said: str, tone: str, undo: str | None = None) -> str:
    with door.reading() as session:
        task = one_task(session, door.actor(), task_id, catalogue=door.engine().catalogue)
        counts = worklist_counts(session, door.actor(), now=door.now())
        arranged, asked = desk(session, door.actor()), asked_here()
    return render_template(
        "worklist/row_again.html", task=task, counts=counts, said=said, tone=tone, undo=undo, asked=asked,
        columns=arranged.columns,
    )  # fmt: skip

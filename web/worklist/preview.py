"""One task beside the list: why it waits, what happened last, and its form when that is short."""

from typing import Any

from flask import Response, redirect, render_template

from engine.definitions.form import FormView
from engine.definitions.form.view import FieldNode, GroupNode, RowListNode
from engine.queries.task_file import TaskFile, task_file
from web import door
from web.fragments import is_fragment
from web.list_filters import given
from web.permission import permission
from web.read_only import read_only
from web.task_acts import menu
from web.task_surroundings import surroundings
from web.worklist.queue import address_of, asked_here, words_of
from web.worklist.screen import screen

SHORT = 6  # fields; longer forms are filled in on a page of their own


@screen.get("/tasks/<task_id>/preview")
@permission("case_party")
def preview(task_id: str) -> Response | str:
    asked = asked_here()
    if not is_fragment():
        return redirect(address_of(asked, open=task_id, cursor=given("cursor")))
    with door.reading() as session:
        shown = previewed(session, task_id)
        return render_template("worklist/preview.html", preview=shown, asked=asked, words=words_of(asked))


def previewed(session: Any, task_id: str) -> dict[str, Any]:
    """Raises TaskNotFound."""
    file = task_file(session, door.actor(), task_id, catalogue=door.engine().catalogue, now=door.now())
    view = _view(file)
    return {
        "file": file,
        "task": file.task,
        "around": surroundings(session, file.task),
        "acts": menu(file),
        "view": view,
        "is_short": view is None or _is_short(view),
    }


def _view(file: TaskFile) -> FormView | None:
    if file.form is None:
        return None
    view = file.form.view(file.answers if file.answers is not None else file.draft, file.context)
    return view if file.actions["complete"] is None else read_only(view)


def _is_short(view: FormView) -> bool:
    number = 0
    nodes = list(view.nodes)
    while nodes:
        node = nodes.pop()
        if isinstance(node, RowListNode) or (isinstance(node, FieldNode) and node.files is not None):
            return False
        number += isinstance(node, FieldNode) and not node.readonly
        nodes += node.children if isinstance(node, GroupNode) else ()
    return number <= SHORT

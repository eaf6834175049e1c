"""Columns and the height of rows."""

from typing import Any

from flask import Response, flash, render_template, request
from flask_babel import gettext as _

from engine.commands.arrange_desk import ArrangeDesk
from engine.errors import Rejected
from engine.queries.desk import DEFAULT_COLUMNS, desk
from web import door
from web.fragments import is_fragment
from web.permission import permission
from web.return_path import safe_path
from web.task_acts import gone_to, refusal_words
from web.worklist.columns import ALWAYS, COLUMN_WORDS, COLUMNS, DENSITY_WORDS
from web.worklist.queue import address_of, asked_here
from web.worklist.screen import screen


@screen.get("/tasks/columns")
@permission("signed_in")
def ask_columns() -> str:
    with door.reading() as session:
        arranged = desk(session, door.actor())
    return _dialog(arranged.columns, arranged.density)


@screen.post("/tasks/columns")
@permission("signed_in")
def choose_columns() -> Response | tuple[str, int]:
    """The fields come in the order in which they stand; a button moves one column up or down and asks again."""
    form = request.form
    order, shown = form.getlist("order"), {*form.getlist("shown"), *ALWAYS}
    if "move" in form:
        return _dialog(tuple(_moved(order, form["move"])), form.get("density", ""), shown=shown), 200
    columns = DEFAULT_COLUMNS if "reset" in form else tuple(name for name in order if name in shown)
    try:
        door.run(ArrangeDesk(columns=columns, density=form.get("density")))
    except Rejected as refusal:
        return _dialog(tuple(order), form.get("density", ""), shown=shown, wrong=refusal_words(refusal)), 422
    flash(_("列表已按您的选择显示。"), "good")
    return gone_to(safe_path(form.get("back"), default=address_of(asked_here())))


def _moved(order: list[str], told: str) -> list[str]:
    """`town:up` moves one place up; the first and the last stay where they are."""
    name, _colon, where = told.partition(":")
    if name not in order:
        return order
    place = order.index(name) + (-1 if where == "up" else 1)
    rest = [other for other in order if other != name]
    return [*rest[: max(0, place)], name, *rest[max(0, place) :]]


def _dialog(columns: tuple[str, ...], density: str, *, shown: Any = None, wrong: Any = ()) -> str:
    order = [*columns, *(name for name in COLUMNS if name not in columns)]
    return render_template(
        "worklist/columns.html" if is_fragment() else "worklist/columns_page.html",
        order=[name for name in order if name in COLUMNS], shown=shown or {*columns}, always=ALWAYS, wrong=wrong,
        column_words=COLUMN_WORDS, density=density, densities=DENSITY_WORDS, asked=asked_here(),
        back=address_of(asked_here()),
    )  # fmt: skip

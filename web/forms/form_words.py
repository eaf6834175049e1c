"""What the templates of forms can say: ids, values as people read them, problems and where they stand."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from engine.definitions.form import FormView, problem_text
from engine.definitions.form.expressions import plain_number
from engine.definitions.form.view import FieldNode, GroupNode, Node, RowListNode
from engine.errors import Problem
from web.forms import layout
from web.forms.markdown import markdown
from web.language import day, listed, named

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?\Z")
_NOT_IN_IDS = re.compile(r"[^\w]+")


def register(app: Flask) -> None:
    """Give the templates below `forms/` what they need."""
    app.jinja_env.filters.update(
        form_id=form_id,
        form_text=shown,
        form_markdown=markdown,
        form_widths=layout.widths,
        form_headings=layout.headings,
        form_is_table=layout.is_table,
        form_by_path=by_path,
        form_labels=labels,
        form_input=in_input,
        form_money=money,
    )
    app.jinja_env.globals.update(form_problem=problem_text, form_cells=layout.cells)
    app.jinja_env.globals.setdefault("document_url", _document_url)


def form_id(path: str) -> str:
    """The id of the control at a path: `own_reps[0].person` becomes `f-own_reps-0-person`."""
    return f"f-{_NOT_IN_IDS.sub('-', path).strip('-')}"


def shown(value: Any, node: Node | None = None) -> str:
    """A value as people read it; a choice by its label, a date in words, money with separators."""
    if isinstance(node, FieldNode) and node.options and not isinstance(value, list):
        return next((named(o, "label") for o in node.options if o.key == str(value)), _plain(value))
    if isinstance(value, list):
        return listed(shown(item, node) for item in value) or "—"
    if (node is not None and node.properties.get("widget") == "money") and isinstance(value, int | Decimal):
        return money(value)
    return _plain(value)


def money(value: int | Decimal) -> str:
    return f"{value:,.2f}"


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | Decimal):
        return plain_number(value)
    if isinstance(value, Mapping):
        return str(value.get("label") or value.get("name") or "—")
    text = str(value)
    moment = _MOMENT.match(text)
    return f"{_day(moment[1])} {moment[2]}" if moment else _day(text)


def _day(text: str) -> str:
    """A text that is a date, in words; any other as it is."""
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2026-11-29") else text
    except ValueError:
        return text


def in_input(value: Any, node: FieldNode) -> str:
    """A value as an input holds it; the browser's date and time fields want neither seconds nor an offset."""
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return plain_number(value)
    text = str(value)
    if node.kind == "datetime":
        moment = _MOMENT.match(text)
        return f"{moment[1]}T{moment[2]}" if moment else text
    return text[:5] if node.kind == "time" else text


def by_path(problems: Iterable[Problem], locale: str) -> dict[str, list[str]]:
    """The sentences for every path, in the order they were found."""
    found: dict[str, list[str]] = {}
    for problem in problems or ():
        found.setdefault(problem.path, []).append(problem_text(problem, locale))
    return found


def labels(view: FormView, locale: str) -> dict[str, str]:
    """What the field at every path is called, rows and groups included."""
    return dict(_labels(view.nodes, locale, ""))


def _labels(nodes: Iterable[Node], locale: str, around: str) -> Iterable[tuple[str, str]]:
    for node in nodes:
        name = " · ".join(part for part in (around, node.label_in(locale)) if part)
        if node.path:
            yield node.path, name
        if isinstance(node, GroupNode):
            yield from _labels(node.children, locale, name)
        elif isinstance(node, RowListNode):
            for row in node.rows:
                place = (name + " " + _("第 %(number)d 行", number=row.index + 1)).strip()
                yield row.path, place
                yield from _labels(row.children, locale, place)


def _document_url(document_id: str) -> str:
    return url_for("pages.documents.download", document_id=document_id)

"""Buttons inside a form: add, remove or move a row, take a file away. They work as plain submit buttons."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.definitions.form import Form
from engine.definitions.form.shape import steps

_ROW = re.compile(r"(.+)\[(\d{1,4})\]\Z")
_MOVES = {"_up": -1, "_down": 1}


def press(form: Form, posted: MultiDict[str, str], *, answers: dict[str, Any], context: Mapping[str, Any]) -> bool:
    """Change the answers as the button says; whether one was pressed. One that names nothing here changes nothing."""
    pressed = [name for name in ("_add", "_remove", *_MOVES, "_remove_file") if name in posted]
    for name in pressed:
        value = posted.get(name, "")
        if name == "_add":
            _add(form, value, answers, context)
        elif name == "_remove_file":
            _remove_file(value, answers)
        else:
            _change_row(name, value, answers)
    return bool(pressed)


def _add(form: Form, path: str, answers: dict[str, Any], context: Mapping[str, Any]) -> None:
    rows = _at(answers, path)
    if isinstance(rows, list):
        rows.append(form.blank_row(path, answers=answers, context=context))


def _change_row(name: str, value: str, answers: dict[str, Any]) -> None:
    match = _ROW.match(value)
    rows = _at(answers, match[1]) if match else None
    if not match or not isinstance(rows, list):
        return
    n = int(match[2])
    if name == "_remove":
        del rows[n : n + 1]
        return
    other = n + _MOVES[name]
    if n < len(rows) and 0 <= other < len(rows):
        rows[n], rows[other] = rows[other], rows[n]


def _remove_file(value: str, answers: dict[str, Any]) -> None:
    path, _, document_id = value.rpartition("|")
    held = _at(answers, path)
    if isinstance(held, list) and document_id in held:
        held.remove(document_id)


def _at(answers: dict[str, Any], path: str) -> Any:
    """The value at a path, None when there is none."""
    value: Any = answers
    try:
        for key, row in steps(path):
            value = value[key] if row is None else value[key][row]
    except (KeyError, IndexError, TypeError):
        return None
    return value

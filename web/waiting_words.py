"""Why a case waits, and why a step failed, in one sentence with dates and names as people write them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import texts
from texts.waiting import is_never, sentence_code
from web.language import current_locale, day, listed, moment, named
from web.people_words import role_words

_MANY = 3
_TASKS = {"open_task", "open_task_overdue", "claimed_task", "claimed_task_overdue"}


@dataclass(frozen=True)
class WaitingLine:
    """One sentence; `task_id` where it speaks of one task."""

    text: str
    task_id: str | None = None


def waiting_lines(waiting: Iterable[Any], process: Any) -> tuple[WaitingLine, ...]:
    """One line for each reason; the many tasks of one step of the diagram together are one line."""
    found = list(waiting)
    by_step = {key: list(rows) for key, rows in groupby(sorted(found, key=_step), key=_step) if key}
    lines: dict[str, WaitingLine] = {}
    for number, reason in enumerate(found):
        together = by_step.get(_step(reason), [])
        if len(together) >= _MANY:
            lines[_step(reason)] = WaitingLine(_many(together, process))
        else:
            lines[str(number)] = WaitingLine(waiting_words(reason, process), reason.task_id)
    return tuple(lines.values())


def waiting_words(waiting: Any, process: Any = None) -> str:
    params = {**waiting.params, **_named(waiting, process)}
    return texts.sentence("waiting", sentence_code(waiting.code, params), current_locale(), **_worded(params))


def _step(waiting: Any) -> str:
    return f"at {waiting.element_id}" if waiting.code in _TASKS else ""


def _many(waiting: list[Any], process: Any) -> str:
    """The tasks of one step in one sentence: how many, in whose hands, until when."""
    dues = [reason.params["due"] for reason in waiting if not is_never(reason.params["due"])]
    late = sum(bool(reason.params["overdue"]) for reason in waiting)
    code = "many_tasks" + ("_overdue" if late else "" if dues else "_undated")
    element = process.elements.get(waiting[0].element_id) if process else None
    facts = {
        "task": named(element) if element else waiting[0].params["task"],
        "count": len(waiting),
        "taken": sum(reason.code.startswith("claimed") for reason in waiting),
        "late": late,
        "due": min(dues, default=None),
    }
    return texts.sentence("waiting", code, current_locale(), **_worded(facts))


def _named(waiting: Any, process: Any) -> dict[str, str]:
    """The names of tasks, elements and clocks, and what then happens, in the language of the page."""
    element = process.elements.get(waiting.element_id) if process else None
    found = {"element": named(element)} if element is not None and "element" in waiting.params else {}
    for part in ("task", "clock", "effect"):
        if current_locale() == "en" and waiting.params.get(f"{part}_en"):
            found[part] = waiting.params[f"{part}_en"]
    return found


def incident_words(incident: Any) -> str:
    code = incident.details.get("cause") or incident.code
    facts = {name: value for name, value in incident.details.items() if name not in {"code", "topic", "locale", "part"}}
    return texts.sentence("errors", code, current_locale(), **_worded(facts))


def _worded(params: Mapping[str, Any]) -> dict[str, str]:
    return {name: _words(name, value) for name, value in params.items()}


def _words(name: str, value: Any) -> str:
    if name == "groups":
        return listed(role_words(group) for group in value)
    if isinstance(value, list | tuple):
        return listed(str(item) for item in value)
    if is_never(value):
        return "—"
    if isinstance(value, datetime):
        return day(value) if name == "due" else moment(value)
    return day(value) if isinstance(value, date) else str(value)

"""Why a case waits, and why a step failed, in one sentence with dates and names as people write them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import texts
from web.language import current_locale, day, listed, moment, named
from web.people_words import role_words

_NO_DEADLINE_YEAR = 2999


def waiting_words(waiting: Any, process: Any = None) -> str:
    params = {**waiting.params, **_named(waiting, process)}
    return texts.sentence("waiting", waiting.code, current_locale(), **_worded(params))


def _named(waiting: Any, process: Any) -> dict[str, str]:
    """The names of tasks, elements and clocks in the language of the page."""
    element = process.elements.get(waiting.element_id) if process else None
    found = {part: named(element) for part in ("task", "element") if element is not None and part in waiting.params}
    if current_locale() == "en" and waiting.params.get("clock_en"):
        found["clock"] = waiting.params["clock_en"]
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
    if isinstance(value, date) and value.year == _NO_DEADLINE_YEAR:
        return "—"
    if isinstance(value, datetime):
        return day(value) if name == "due" else moment(value)
    return day(value) if isinstance(value, date) else str(value)

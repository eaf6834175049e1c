"""The sentence for one reason why a case waits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from texts import sentence

_CITY = ZoneInfo("Asia/Shanghai")
_NO_DEADLINE_YEAR = 2900


def waiting_sentence(code: str, params: Mapping[str, Any], locale: str = "zh") -> str:
    """`params` as in `engine.queries.rows.Waiting`: times become local dates, groups get their names."""
    ready = {key: _words(key, value, locale) for key, value in params.items()}
    if locale == "en":
        ready |= {key.removesuffix("_en"): value for key, value in ready.items() if key.endswith("_en")}
    return sentence("waiting", sentence_code(code, params), locale, **ready)


def sentence_code(code: str, params: Mapping[str, Any]) -> str:
    """Which sentence says it: a task without a deadline has one of its own."""
    return f"{code}_undated" if code in ("open_task", "claimed_task") and is_never(params.get("due")) else code


def is_never(due: Any) -> bool:
    """Whether this stands for no deadline at all."""
    return isinstance(due, date) and due.year >= _NO_DEADLINE_YEAR


def group_name(group: str, locale: str = "zh") -> str:
    return sentence("groups", group, locale)


def _words(key: str, value: Any, locale: str) -> Any:
    if isinstance(value, datetime):
        local = value.astimezone(_CITY)
        return "—" if is_never(local) else f"{local:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        names = [group_name(str(v), locale) if key == "groups" else str(v) for v in value]
        return ("、" if locale == "zh" else ", ").join(names)
    return value

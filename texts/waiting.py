"""The sentence for one reason why a case waits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from texts import sentence

_CITY = ZoneInfo("Asia/Shanghai")


def waiting_sentence(code: str, params: Mapping[str, Any], locale: str = "zh") -> str:
    """`params` as in `engine.queries.rows.Waiting`: times become local dates, groups get their names."""
    ready = {key: _words(value, locale) for key, value in params.items()}
    if locale == "en":
        ready |= {key.removesuffix("_en"): value for key, value in ready.items() if key.endswith("_en")}
    return sentence("waiting", code, locale, **ready)


def group_name(group: str, locale: str = "zh") -> str:
    return sentence("groups", group, locale)


def _words(value: Any, locale: str) -> Any:
    if isinstance(value, datetime):
        local = value.astimezone(_CITY)
        return "—" if local.year >= 2900 else f"{local:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ("、" if locale == "zh" else ", ").join(group_name(str(v), locale) for v in value)
    return value

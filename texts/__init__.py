"""The sentences people read, by code and language: `texts/<locale>/<topic>.yml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = ("zh", "en")
_FOLDER = Path(__file__).parent


@cache
def catalogue(locale: str, topic: str) -> Mapping[str, Any]:
    """All sentences of one topic, `{code: sentence or {part: sentence}}`."""
    from yaml import CSafeLoader  # noqa: PLC0415 - dear to import, and the reader of uploads seldom needs a sentence

    return CSafeLoader((_FOLDER / locale / f"{topic}.yml").read_text("utf-8")).get_single_data() or {}


def sentence(topic: str, code: str, locale: str = "zh", part: str | None = None, **params: Any) -> str:
    """The sentence for a code; a gap without a value stays visible as `…`, an unknown code stays itself."""
    found = catalogue(locale, topic).get(code)
    if isinstance(found, Mapping):
        found = found.get(part or "message")
    return found.format_map(_Gaps(params)) if found else code


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"

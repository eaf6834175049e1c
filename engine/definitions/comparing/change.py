"""One difference between two bundles; the sentences are in `texts/<locale>/changes.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import texts
from engine.definitions import element_names

_GROUPS = {"candidate_groups", "starter_groups", "oversight_groups", "guest_groups"}
_NAMED = {"zh": "{sort}“{name}”", "en": "the {sort} “{name}”"}
MOST_SHOWN = 160  # characters of a value that a sentence quotes


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    # Only in the drawing: nothing that runs is another.
    MOVED = "moved"


class Area(StrEnum):
    """In the order in which a reviewer reads."""

    PROCESS = "process"
    STEP = "step"
    FLOW = "flow"
    FORM = "form"
    TABLE = "table"
    RULE = "rule"
    SCENARIO = "scenario"
    DRAWING = "drawing"


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What is different: a step, a flow, a field, a row. `sort` is its BPMN tag, or another word of `changes.yml`."""

    area: Area
    path: str
    sort: str
    name: str = ""
    element_id: str | None = None
    # Of which form or table it is a part.
    part_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """`what` is the attribute that is another; `before` and `after` are as written, None where there is nothing."""

    kind: Kind
    thing: Thing
    what: str | None = None
    before: str | None = None
    after: str | None = None

    @property
    def area(self) -> Area:
        return Area.DRAWING if self.kind is Kind.MOVED else self.thing.area

    def text(self, locale: str = "zh") -> str:
        said = texts.sentence("changes", self._sentence, locale, **self._words(locale))
        return said[:1].upper() + said[1:]

    @property
    def _sentence(self) -> str:
        if self.kind is not Kind.CHANGED or self.what is None:
            return str(self.kind)
        if self.before is None or self.after is None:
            return "set" if self.before is None else "unset"
        return "rewritten" if _is_long(self.before) or _is_long(self.after) else "changed"

    def _words(self, locale: str) -> Mapping[str, Any]:
        known = texts.catalogue(locale, "changes")
        what = known.get(f"what_{self.what}", self.what) if self.what else ""
        return {
            "thing": _named(self.thing, locale),
            "what": what,
            "before": _short(self._said(self.before, locale)),
            "after": _short(self._said(self.after, locale)),
        }

    def _said(self, value: str | None, locale: str) -> str | None:
        """Keys of groups and kinds of elements in words."""
        if value and self.what in _GROUPS:
            known = texts.catalogue(locale, "groups")
            return (", " if locale == "en" else "、").join(known.get(key, key) for key in value.split("\n"))
        if value and self.what == "type":
            return element_names.names(value)["element_en" if locale == "en" else "element"]
        return value


def _named(thing: Thing, locale: str) -> str:
    word = texts.catalogue(locale, "changes").get(f"sort_{thing.sort}")
    if word is None:
        words = element_names.names(thing.sort)
        word = words["element_en" if locale == "en" else "element"]
    name = thing.name or thing.element_id or ""
    said = _NAMED[locale].format(sort=word, name=name)
    if not thing.part_of:
        return said
    return texts.sentence("changes", "part_of", locale, whole=thing.part_of, piece=said)


def _short(value: str | None) -> str:
    text = " ".join((value or "").split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _is_long(value: str) -> bool:
    return len(value) > MOST_SHOWN

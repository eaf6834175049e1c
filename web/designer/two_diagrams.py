"""Two versions of a process beside each other: the diagrams with their marks, and the changes in words."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from engine.definitions.bundle import Bundle
from engine.definitions.comparing.change import Change
from web.designer.words import AREAS, KINDS
from web.language import current_locale


def by_area(changes: Iterable[Change]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Areas in order, each with its changes as sentences."""
    return [
        (AREAS[area], [_line(change) for change in group])
        for area, group in groupby(changes, key=lambda change: str(change.area))
    ]


def marks(changes: Iterable[Change]) -> dict[str, str]:
    """For both drawings; an element that was changed and moved was changed."""
    found: dict[str, str] = {}
    for change in changes:
        if change.thing.element_id and change.thing.path.endswith(".bpmn"):
            found.setdefault(change.thing.element_id, str(change.kind))
    return found


def drawings(before: Bundle | None, after: Bundle | None) -> list[dict[str, str]]:
    """The diagrams that are another one, the main one first; either side may be missing."""
    old, new = _diagrams(before), _diagrams(after)
    keys = [key for key in {**new, **old} if old.get(key) != new.get(key)]
    return [{"key": key, "before": old.get(key, ""), "after": new.get(key, "")} for key in keys]


def _line(change: Change) -> dict[str, Any]:
    kind, is_drawn = str(change.kind), change.thing.path.endswith(".bpmn") and change.thing.sort != "process"
    shown = change.thing.element_id if is_drawn else None
    return {"kind": kind, "word": KINDS[kind], "text": change.text(current_locale()), "element_id": shown}


def _diagrams(bundle: Bundle | None) -> Mapping[str, str]:
    if bundle is None:
        return {}
    drawn = {key: source.decode() for key, source in bundle.diagrams.items()}
    return {bundle.process_key: drawn[bundle.process_key], **drawn}

"""What a proof looks at in a level, as a digest: two levels with the same one have the same findings."""

from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256

from engine.definitions.process import Element, Flow
from engine.definitions.soundness.level import Level

# Words for people, and what a step reads and writes, move no token.
_MOVES_NOTHING = {
    "name",
    "name_en",
    "documentation",
    "stage",
    "line",
    "due_date",
    "follow_up_date",
    "priority",
    "inputs",
    "outputs",
    "script",
    "result_variable",
}
_OF_ELEMENT = tuple(field.name for field in fields(Element) if field.name not in _MOVES_NOTHING)
_OF_FLOW = tuple(field.name for field in fields(Flow) if field.name not in _MOVES_NOTHING)
Digest = bytes


def digest_of(level: Level, known: dict[str, Digest]) -> Digest:
    """With all that lies below it, called diagrams too; `known` keeps what was worked out of other levels."""
    if level.id not in known:
        known[level.id] = b""  # calls in a circle are refused elsewhere
        known[level.id] = sha256("\n".join(_told(level, known)).encode()).digest()
    return known[level.id]


def _told(level: Level, known: dict[str, Digest]) -> Iterator[str]:
    for element in level.elements.values():
        yield repr([(name, _plain(getattr(element, name))) for name in _OF_ELEMENT])
        below = level.inside(element)
        if below is not None:
            yield digest_of(below, known).hex()
    for flow in level.process.flows:
        if flow.source in level.elements or flow.target in level.elements:
            yield repr([getattr(flow, name) for name in _OF_FLOW])


def _plain(value: object) -> object:
    return sorted(value.items()) if isinstance(value, dict) else value

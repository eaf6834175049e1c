"""The tokens as compressed bytes with a format version; no spec, no case data, no history."""

import zlib
from typing import Any
from uuid import UUID

import simplejson

from engine.errors import DefinitionError
from engine.spiff.first_format import in_today_s_format
from engine.spiff.host import Host
from engine.spiff.locals import Locals
from engine.spiff.scope import Scope, Token, Tokens
from engine.spiff.spec_building import Specs
from engine.spiff.trail import Trail

FIRST_FORMAT, FORMAT = 1, 2


class UnreadableState(DefinitionError):
    """The saved token state is damaged, of an unknown format, or does not fit its diagram."""


def dump(tokens: Tokens) -> bytes:
    body = [[owner.hex if owner else 0, *_level(scope)] for owner, scope in tokens.scopes.items()]
    text = simplejson.dumps([FORMAT, body], use_decimal=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def load(state: bytes, specs: Specs, host: Host, trail: Trail) -> Tokens:
    """Raises UnreadableState and builds nothing."""
    try:
        tokens = Tokens(specs, host, trail)
        for owner, name, *rows in _levels(state, specs):
            scope = tokens.open(name, owner=tokens.find(UUID(hex=owner)) if owner else None)
            for row in rows:
                restore(scope, row)
            scope.task_tree = scope.tasks[UUID(hex=rows[0][0])]
        return tokens
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as damage:
        raise UnreadableState(reason=repr(damage)) from damage


def locals_at(state: bytes, step_id: str) -> Locals:
    """The local variables seen at a step, without building anything. Raises UnreadableState."""
    rows: dict[str, tuple[str, dict[str, Any]]] = {}
    try:
        for owner, _, *level in _levels(state, None):
            for id_, parent, _, _, internal in level:
                rows[id_] = (parent or owner, internal)
    except (ValueError, TypeError) as damage:
        raise UnreadableState(reason=repr(damage)) from damage
    layers, here = [], step_id
    while here in rows:
        here, internal = rows[here]
        if "vars" in internal:
            layers.append(internal["vars"])
        if "sealed" in internal:
            return Locals(tuple(layers), sees_case=False)
    return Locals(tuple(layers))


def _levels(state: bytes, specs: Specs | None) -> Any:
    """Without specs a state of the first format, which knew no local variables, has no levels to look at."""
    try:
        version, body = simplejson.loads(zlib.decompress(state), use_decimal=True)
    except zlib.error as damage:
        raise UnreadableState(reason=repr(damage)) from damage
    if version == FIRST_FORMAT:
        return in_today_s_format(body, specs.scopes) if specs else []
    if version != FORMAT:
        raise UnreadableState(version=version)
    return body


def _level(scope: Scope) -> list[Any]:
    return [scope.spec.name, *map(_row, scope.tasks.values())]


def _row(token: Token) -> list[Any]:
    parent = token._parent.hex if token._parent else 0
    return [token.id.hex, parent, token.task_spec.name, token._state, token.internal_data]


def restore(scope: Scope, row: list[Any]) -> None:
    """The token of one row: id, id of its parent, node, state, facts."""
    id_, parent, name, state, internal = row
    token = Token.__new__(Token)
    token.id, token.workflow, token.task_spec = UUID(hex=id_), scope, scope.spec.task_specs[name]
    token._parent = UUID(hex=parent) if parent else None
    token._children, token._state, token.internal_data = [], state, internal
    token.triggered, token.data, token.thread_id, token.last_state_change = False, {}, 0, 0
    scope.tasks[token.id] = token
    if token._parent:
        scope.tasks[token._parent]._children.append(token.id)

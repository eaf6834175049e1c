"""Puts the tokens of a process back to where they were before some of its events."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.spiff.activities import UNDO, SubProcess
from engine.spiff.gateways import ParallelGateway
from engine.spiff.process_run import ProcessRun, is_automatic
from engine.spiff.repetition import Repetition
from engine.spiff.scope import Scope, Token, Tokens
from engine.spiff.throws import Compensation
from engine.spiff.trail import Event, Image, copied
from engine.spiff.way_back import WayBack
from engine.spiff.written import values_before


class CannotStandStill(Exception):
    """A step would be done again at once: its part was ended by something that is not undone with it."""

    def __init__(self, element: str) -> None:
        super().__init__(element)
        self.element = element


def go_back(run: ProcessRun, way: WayBack, events: Sequence[Event]) -> None:
    """Take away and put back tokens with their local variables; nothing moves yet. Raises CannotStandStill.

    Afterwards `run.settle_down()` lets joins and instances take what is there again.
    """
    tokens = run.tokens
    for id_ in way.gone:
        token = _find(tokens, id_)
        if token is not None:
            tokens.withdraw(token)
    for image in way.reset:
        _reset(tokens, image)
    _put_back(tokens, [*way.back], {level.owner: level for level in way.levels})
    for scope in list(tokens.scopes.values()):
        _restore_lists(scope, events, way.undone)
    for token in list(tokens.each()):
        _restore_values(token, events, way.undone)
    _refuse_restless(tokens, {image.id for image in (*way.back, *way.reset)})
    look_again(tokens)


def _find(tokens: Tokens, id_: str) -> Token | None:
    return tokens.find(UUID(hex=id_))


def _put_back(tokens: Tokens, images: list[Image], levels: Mapping[str, Any]) -> None:
    """A token comes after the one it hangs on, and after the one whose level it is in."""
    while images:
        ready = [image for image in images if _has_place(tokens, image)]
        if not ready:
            return
        for image in ready:
            images.remove(image)
            token = _made_from(tokens, image)
            if image.id in levels:
                _reopen(tokens, token, levels[image.id])


def _has_place(tokens: Tokens, image: Image) -> bool:
    scope = tokens.scopes.get(UUID(hex=image.level) if image.level else None)
    return scope is not None and UUID(hex=image.parent) in scope.tasks


def _made_from(tokens: Tokens, image: Image) -> Token:
    scope = tokens.scopes[UUID(hex=image.level) if image.level else None]
    token = Token(scope, scope.spec.task_specs[image.node], scope.tasks[UUID(hex=image.parent)])
    _rename(scope, token, UUID(hex=image.id))
    token._state, token.internal_data = image.state, copied(image.facts)
    return token


def _rename(scope: Scope, token: Token, id_: UUID) -> None:
    """It is the same token as before."""
    parent = token.parent
    parent._children[parent._children.index(token.id)] = id_
    del scope.tasks[token.id]
    token.id = id_
    scope.tasks[id_] = token


def _reopen(tokens: Tokens, owner: Token, level: Any) -> None:
    scope = tokens.open(level.name, owner=owner)
    root = Token(scope, scope.spec.start)
    scope.task_tree = root
    del scope.tasks[root.id]
    root.id, root._state, root.internal_data = UUID(hex=level.root.id), level.root.state, copied(level.root.facts)
    scope.tasks[root.id] = root


def _reset(tokens: Tokens, image: Image) -> None:
    token = _find(tokens, image.id)
    if token is None:
        return
    token._state, token.internal_data = image.state, copied(image.facts)
    if token._parent != UUID(hex=image.parent):
        token.parent._children.remove(token.id)
        token._parent = UUID(hex=image.parent)
        token.parent._children.append(token.id)


def _restore_lists(scope: Scope, events: Sequence[Event], undone: Iterable[int]) -> None:
    """Which activities of the level were completed and can be compensated: without what undone events added or took."""
    gone, level = set(undone), scope.owner.id.hex if scope.owner else ""
    rows = [(n, row) for n, event in enumerate(events) for row in event.undoable if row.level == level]
    first = next((i for i, (n, _) in enumerate(rows) if n in gone), None)
    if first is None:
        return
    now: list[str] = list(scope.root.internal_data.get(UNDO, []))
    for _, row in reversed(rows[first:]):
        now = list(row.before) if row.before is not None else _without_last(now, row.added)
    for n, row in rows[first:]:
        if n not in gone and row.added:
            now.append(row.added)
    scope.root.internal_data[UNDO] = now


def _without_last(names: list[str], name: str) -> list[str]:
    place = len(names) - 1 - names[::-1].index(name) if name in names else len(names)
    return names[:place] + names[place + 1 :]


def _restore_values(token: Token, events: Sequence[Event], undone: Iterable[int]) -> None:
    """Local variables and what instances gave, as they are without the undone events."""
    holders = [token]
    inner = token.workflow.all.within(token)
    if inner is not None:
        holders.append(inner.root)
    for holder in holders:
        values = values_before(events, undone, holder.id.hex)
        if isinstance(holder.task_spec, (Repetition, Compensation)) and not holder.is_root:
            holder.task_spec.restore(holder, values)
        elif "vars" in holder.internal_data:
            _set(holder.own, values)


def _set(variables: dict[str, Any], values: Mapping[str, tuple[Any, ...]]) -> None:
    for name, before in values.items():
        if before:
            variables[name] = before[0]
        else:
            variables.pop(name, None)


def _refuse_restless(tokens: Tokens, back: set[str]) -> None:
    for token in tokens.each():
        if token.id.hex in back and token.state == TaskState.READY and is_automatic(token):
            raise CannotStandStill(token.task_spec.element.id)


def look_again(tokens: Tokens) -> None:
    """What may go on after tokens were put somewhere by hand: joins, repetitions, levels that may be over."""
    for token in tokens.each():
        spec = token.task_spec
        if isinstance(spec, ParallelGateway) and token.state == TaskState.WAITING:
            tokens.to_do.arrived.append(token)
        if isinstance(spec, (Repetition, Compensation)) and token.state == TaskState.STARTED:
            tokens.to_do.look_again(token, tokens.within(token))
        if isinstance(spec, SubProcess) and token.state == TaskState.STARTED:
            tokens.to_do.look_again(token, tokens.within(token))

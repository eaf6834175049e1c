"""The token tree as compressed bytes with a format version; no spec, no data, no finished history."""

import json
import zlib
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task, TaskState

from engine.errors import DefinitionError
from engine.spiff.parser import Specs

FORMAT = 1


class UnreadableState(DefinitionError):
    """The saved token state is damaged, of an unknown format, or does not fit its diagram."""


def dump(top: Any) -> bytes:
    """Save a pruned workflow."""
    trees = [(None, top), *top.subprocesses.items()]
    body = [[_hex(owner), *_head(tree), [_row(t) for t in tree.tasks.values()]] for owner, tree in trees]
    return zlib.compress(json.dumps([FORMAT, body], separators=(",", ":")).encode(), 1)


def load(state: bytes, specs: Specs, script_engine: Any) -> Any:
    """Restore a workflow. Raises UnreadableState and builds nothing."""
    try:
        version, body = json.loads(zlib.decompress(state))
        if version != FORMAT:
            raise UnreadableState(version=version)
        return _build(body, specs, script_engine)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as damage:
        raise UnreadableState(reason=repr(damage)) from damage


def _hex(id_: UUID | None) -> str | int:
    return id_.hex if id_ else 0


def _head(tree: Any) -> list[Any]:
    last = tree.last_task.id if tree.last_task else None
    return [tree.spec.name, tree.task_tree.id.hex, _hex(last), int(tree.success), int(tree.completed)]


def _row(step: Any) -> list[Any]:
    children = [c.hex for c in step._children]
    token = [step.task_spec.name, step._state, int(step.triggered), step.internal_data]
    return [step.id.hex, _hex(step._parent), children, *token]


def _build(body: list[Any], specs: Specs, script_engine: Any) -> Any:
    top = BpmnWorkflow(specs.top, specs.subprocesses, script_engine=script_engine, deserializing=True)
    for owner, name, root, last, success, completed, rows in body:
        tree = _subtree_of(owner, name, top, specs) if owner else top
        for row in rows:
            _restore(tree, row, top)
        tree.task_tree = tree.tasks[UUID(hex=root)]
        tree.last_task = tree.tasks.get(UUID(hex=last)) if last else None
        tree.success, tree.completed = bool(success), bool(completed)
    return top


def _subtree_of(owner: str, name: str, top: Any, specs: Specs) -> Any:
    owner_id = UUID(hex=owner)
    tree = BpmnSubWorkflow(specs.subprocesses[name], owner_id, top, deserializing=True)
    top.subprocesses[owner_id] = tree
    owner_step = top.get_task_from_id(owner_id)
    tree.completed_event.connect(owner_step.task_spec._on_subworkflow_completed, owner_step)
    return tree


def _restore(tree: Any, row: list[Any], top: Any) -> None:
    id_, parent, children, spec, state, triggered, internal = row
    step = Task.__new__(Task)
    step.id, step.workflow, step.task_spec = UUID(hex=id_), tree, tree.spec.task_specs[spec]
    step._parent = UUID(hex=parent) if parent else None
    step._children = [UUID(hex=c) for c in children]
    step._state, step.triggered, step.internal_data = state, bool(triggered), internal
    step.data, step.thread_id, step.last_state_change = {}, 0, 0
    tree.tasks[step.id] = step
    if isinstance(step.task_spec, CatchingEvent) and state == TaskState.WAITING:
        top.event_manager.add_task(step)

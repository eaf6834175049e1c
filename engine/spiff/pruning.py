"""Takes finished history out of the token tree; what happened is in our own rows.

Needed for correctness, not only for size: a parallel join inside a loop counts the arms of earlier rounds
(SpiffWorkflow 3.2), and its task iterator stops without a word at depth 1,000.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.task import TaskState

UNFINISHED = TaskState.NOT_FINISHED_MASK


def prune(top: Any) -> None:
    """Drop finished sub-processes, finished branches no join waits for, and the links of finished chains."""
    _drop_finished_subprocesses(top)
    for tree in (top, *top.subprocesses.values()):
        _drop_finished_branches(tree)
        _collapse_finished_chains(tree)


def _drop_finished_subprocesses(top: Any) -> None:
    """Outer ones first: what a finished stage contained goes with it."""
    owners = {t.id: t for tree in (top, *top.subprocesses.values()) for t in tree.tasks.values()}
    for owner_id, sub in sorted(top.subprocesses.items(), key=lambda item: item[1].depth):
        owner = owners.get(owner_id)
        if owner is None or owner.has_state(TaskState.FINISHED_MASK):
            del top.subprocesses[owner_id]
            for step_id in sub.tasks:
                owners.pop(step_id, None)


def _drop_finished_branches(tree: Any) -> None:
    """Branches that ended: cancelled clocks, the merged arms of a join that has fired."""
    living = {t.id for u in _unfinished(tree) for t in _with_ancestors(u)}
    splits, joins = _open_splits(tree), _waiting_joins(tree)
    for step in list(tree.tasks.values()):
        if step.id in living or step.id not in tree.tasks or step._parent not in living or step._parent in splits:
            continue
        if not any(t.task_spec.name in joins for t in _subtree(tree, step)):
            _remove(tree, step)


def _collapse_finished_chains(tree: Any) -> None:
    """A completed link with exactly one completed child that goes on: hang the child on the parent."""
    splits = _open_splits(tree)
    for step in list(tree.tasks.values()):
        if step._parent is None or step is tree.last_task or step.id in splits or len(step._children) != 1:
            continue
        child = tree.tasks[step._children[0]]
        if step.has_state(TaskState.COMPLETED) and child.has_state(TaskState.COMPLETED) and child._children:
            parent = tree.tasks[step._parent]
            parent._children[parent._children.index(step.id)] = child.id
            child._parent = parent.id
            del tree.tasks[step.id]


def _unfinished(tree: Any) -> list[Any]:
    return [t for t in tree.tasks.values() if t.has_state(UNFINISHED)]


def _with_ancestors(step: Any) -> Iterator[Any]:
    while step is not None:
        yield step
        step = step.parent


def _open_splits(tree: Any) -> set[Any]:
    """Ids of the splits that a join which has not fired yet will look for."""
    found = set()
    for join in _unfinished(tree):
        split = getattr(join.task_spec, "split_task", None)
        if split:
            found |= {t.id for t in _first_named(split, _with_ancestors(join.parent))}
    return found


def _first_named(name: str, steps: Iterator[Any]) -> list[Any]:
    return next(([t] for t in steps if t.task_spec.name == name), [])


def _waiting_joins(tree: Any) -> set[str]:
    """Names of gateways where some arms have arrived and others not; arrived arms may already be marked cancelled."""
    waiting = (t for t in tree.tasks.values() if t.has_state(TaskState.WAITING))
    return {t.task_spec.name for t in waiting if isinstance(t.task_spec, UnstructuredJoin)}


def _subtree(tree: Any, step: Any) -> Iterator[Any]:
    yield step
    for child in step._children:
        yield from _subtree(tree, tree.tasks[child])


def _remove(tree: Any, step: Any) -> None:
    for gone in list(_subtree(tree, step)):
        del tree.tasks[gone.id]
    parent = tree.tasks[step._parent]
    parent._children.remove(step.id)
    if tree.last_task is not None and tree.last_task.id not in tree.tasks:
        tree.last_task = parent

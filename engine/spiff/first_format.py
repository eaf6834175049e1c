"""Token states written before every element was executed by our own specs (format 1): where a token was is kept.

That format held SpiffWorkflow's whole task tree: foretold tasks, finished ones, and joiners around boundary events.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.events import Boundary
from engine.spiff.gateways import ParallelGateway
from engine.spiff.scope import LIVE, ROOT, ScopeSpec

_ARRIVED = TaskState.WAITING | TaskState.CANCELLED
Row = list[Any]


def in_today_s_format(body: list[Any], scopes: Mapping[str, ScopeSpec]) -> list[Any]:
    """Levels as `token_state` writes them now. Raises KeyError, IndexError or TypeError for a damaged state."""
    return [[owner, name, *_rows(root, rows, scopes[name])] for owner, name, root, _, _, _, rows in body]


def _rows(root: str, rows: list[Row], spec: ScopeSpec) -> Iterator[Row]:
    yield [root, 0, ROOT, int(TaskState.COMPLETED), {}]
    by_id = {row[0]: row for row in rows}
    listeners: list[Row] = []
    for row in rows:
        node = spec.task_specs.get(row[3])
        if isinstance(node, Boundary) and row[4] == TaskState.WAITING:
            listeners.append([row[0], _host(row, by_id, node), row[3], row[4], {}])
        elif isinstance(node, ParallelGateway) and row[4] & _ARRIVED:
            yield from _arrival(row, by_id, node, root)
        elif node is not None and row[4] & LIVE:
            yield [row[0], root, row[3], row[4], {name: True for name in ("failed",) if row[6].get(name)}]
    yield from listeners


def _host(row: Row, by_id: Mapping[str, Row], event: Boundary) -> str:
    """The activity it watched was its sister below a splitter."""
    sisters = by_id[row[1]][2]
    return next(id_ for id_ in sisters if by_id[id_][3] == event.element.attached_to)


def _arrival(row: Row, by_id: Mapping[str, Row], join: ParallelGateway, root: str) -> Iterator[Row]:
    """A token that had come to a join; those that came before the last were marked as cancelled."""
    parent = by_id.get(row[1])
    flow = next((f for f in join.arrivals if parent and f.source == parent[3]), None)
    if parent and flow and parent[4] == TaskState.COMPLETED:
        yield [row[0], root, row[3], int(TaskState.WAITING), {"via": flow.id}]

"""A form to read, not to fill in: completed tasks, and tasks that somebody else holds."""

from collections.abc import Iterable
from dataclasses import replace

from engine.definitions.form import FormView
from engine.definitions.form.view import FieldNode, GroupNode, Node, RowListNode, RowNode


def read_only(view: FormView) -> FormView:
    return replace(view, nodes=_closed(view.nodes))


def _closed(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(_close(node) for node in nodes)


def _close(node: Node) -> Node:
    if isinstance(node, FieldNode):
        return replace(node, readonly=True, required=False, watched=False, max_length=None)
    if isinstance(node, GroupNode):
        return replace(node, children=_closed(node.children))
    if isinstance(node, RowListNode):
        rows = tuple(_close_row(row) for row in node.rows)
        blank = _close_row(node.blank)
        return replace(node, rows=rows, blank=blank, is_open=False, can_add=False, can_remove=False)
    return node


def _close_row(row: RowNode) -> RowNode:
    return replace(row, children=_closed(row.children))

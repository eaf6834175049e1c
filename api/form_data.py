"""What the fields of a form hold, as plain JSON: the counterpart of `answers`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.definitions.form import Form
from engine.definitions.form.view import ComputedNode, FieldNode, GroupNode, Node, RowListNode

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def form_data(form: Form | None, answers: Mapping[str, Any] | None, context: Mapping[str, Any]) -> dict[str, Any]:
    """Visible fields and computed values; without answers those that the form starts with."""
    if form is None:
        return {}
    data: dict[str, Any] = {}
    _collect(form.view(answers, context).nodes, data)
    return data


def _collect(nodes: Iterable[Node], data: dict[str, Any]) -> None:
    for node in nodes:
        if isinstance(node, GroupNode):
            _collect(node.children, data)
        elif isinstance(node, RowListNode):
            _put(data, node.path, [{} for _ in node.rows])
            for row in node.rows:
                _collect(row.children, data)
        elif isinstance(node, (FieldNode, ComputedNode)):
            _put(data, node.path, node.value)


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    steps = [int(index) if index else name for name, index in _STEP.findall(path)]
    place: Any = data
    for step in steps[:-1]:
        place = place[step] if isinstance(step, int) else place.setdefault(step, {})
    place[steps[-1]] = value

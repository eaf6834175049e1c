"""Where the parts of a form stand: widths on the desk, table or cards for rows."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from engine.definitions.form.view import ComputedNode, FieldNode, Node, RowListNode

FULL = 16
_HALF = 8
_SHORT_KINDS = {"text", "number", "date", "time", "datetime", "choice"}
_ONE_CELL_KINDS = _SHORT_KINDS | {"flag", "long_text"}
_MOST_COLUMNS = 7


def widths(nodes: Iterable[Node]) -> list[tuple[Node, int]]:
    """Each part with its sixteenths: as designed, an equal share of its row, or what its kind needs."""
    nodes = list(nodes)
    shares = Counter(node.row for node in nodes if node.row)
    return [(node, _width(node, shares)) for node in nodes]


def _width(node: Node, shares: Counter[str]) -> int:
    if node.columns:
        return node.columns
    if node.row and shares[node.row] > 1:
        return FULL // shares[node.row]
    is_short = isinstance(node, FieldNode) and node.kind in _SHORT_KINDS and node.widget != "signature"
    return _HALF if is_short and not node.row else FULL


def columns(rows: RowListNode) -> list[Node]:
    """The headings of a table of rows: every field that some row shows, in the order of the form."""
    order: dict[str, Node] = {}
    for row in (rows.blank, *rows.rows):
        for node in row.children:
            order.setdefault(node.id, node)
    places = {node.id: n for row in rows.rows for n, node in enumerate(row.children)}
    return sorted(order.values(), key=lambda node: _place(node, places))


def _place(node: Node, places: dict[str, int]) -> tuple[int, ...]:
    """The place in the form file: ids of parts are unique there, their `order` is what the file says."""
    return (node.order, places.get(node.id, 0))


def is_table(rows: RowListNode) -> bool:
    """Narrow rows of simple fields stand in a table, everything else in cards; `properties.layout` decides otherwise."""
    wanted = rows.properties.get("layout")
    if wanted in {"table", "cards"}:
        return wanted == "table"
    shown = columns(rows)
    return 1 < len(shown) <= _MOST_COLUMNS and all(_fits_in_cell(node) for node in shown)


def _fits_in_cell(node: Node) -> bool:
    return isinstance(node, ComputedNode) or (isinstance(node, FieldNode) and node.kind in _ONE_CELL_KINDS)


def cells(rows: RowListNode, row: Any) -> list[tuple[Node, Node | None]]:
    """Every heading with the field of this row that stands below it, None where the row does not show it."""
    by_id = {node.id: node for node in row.children}
    return [(heading, by_id.get(heading.id)) for heading in columns(rows)]

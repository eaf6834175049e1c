"""Where the parts of a form stand: widths on the desk, table or cards for rows."""

from collections import Counter
from collections.abc import Iterable

from engine.definitions.form.view import ComputedNode, FieldNode, Node, RowListNode, RowNode

FULL = 16
_HALF = 8
_SHORT_KINDS = {"text", "number", "date", "time", "datetime", "choice"}
_CELL_WEIGHTS = {
    "flag": 1.0,
    "number": 1.5,
    "text": 2.0,
    "choice": 2.0,
    "date": 2.0,
    "time": 1.5,
    "datetime": 2.5,
    "long_text": 4.0,
}
_COMPUTED_WEIGHT = 1.5
_WIDEST_TABLE = 9.0


def widths(nodes: Iterable[Node]) -> list[tuple[Node, int]]:
    """Each part with its sixteenths: as designed, an equal share of its row, or what its kind needs.

    Parts flow from line to line, so that fields which are hidden at the moment leave no holes.
    """
    nodes = list(nodes)
    shares = Counter(node.row for node in nodes if node.row)
    return [(node, _width(node, shares)) for node in nodes]


def _width(node: Node, shares: Counter[str]) -> int:
    if node.columns:
        return node.columns
    if node.row and shares[node.row] > 1:
        return FULL // shares[node.row]
    is_short = isinstance(node, ComputedNode) or (isinstance(node, FieldNode) and node.kind in _SHORT_KINDS)
    return _HALF if is_short and not node.row else FULL


def headings(rows: RowListNode) -> list[Node]:
    """What stands above a table of rows: every field that some row shows, in the order of the form."""
    found = {node.id: node for row in (rows.blank, *rows.rows) for node in row.children}
    return sorted(found.values(), key=lambda node: node.order)


def is_table(rows: RowListNode) -> bool:
    """Narrow rows of simple fields stand in a table, all others in cards; `properties.layout` may say otherwise."""
    wanted = rows.properties.get("layout")
    if wanted in {"table", "cards"}:
        return wanted == "table"
    return sum(_weight(node) for node in headings(rows)) <= _WIDEST_TABLE


def _weight(node: Node) -> float:
    """How much room a cell needs; what does not fit into any cell is wider than every table."""
    if isinstance(node, ComputedNode):
        return _COMPUTED_WEIGHT
    if not isinstance(node, FieldNode) or node.type == "radio":
        return _WIDEST_TABLE + 1
    return _CELL_WEIGHTS.get(node.kind, _WIDEST_TABLE + 1)


def cells(row: RowNode, above: Iterable[Node]) -> list[tuple[Node, Node | None]]:
    """Every heading with the field of this row that stands below it, None where the row does not show it."""
    by_id = {node.id: node for node in row.children}
    return [(heading, by_id.get(heading.id)) for heading in above]

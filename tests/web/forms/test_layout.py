from typing import Any

import pytest

from engine.definitions.form.view import FieldNode, GroupNode, RowListNode, RowNode
from web.forms.layout import is_table, widths


def part(name: str, *, kind: str = "text", **more: Any) -> FieldNode:
    return FieldNode(id=name, key=name, type=more.pop("type", "textfield"), kind=kind, path=name, **more)


def listed(*parts: Any, **properties: str) -> RowListNode:
    row = RowNode(index=0, path="r[0]", children=parts)
    return RowListNode(
        id="r", type="dynamiclist", key="r", rows=(row,), blank=row, is_open=True, can_add=True, can_remove=True,
        properties=properties,
    )  # fmt: skip


def test_widths_are_as_designed_or_an_equal_share_of_the_row() -> None:
    nodes = [part("a", row="1", columns=10), part("b", row="1", columns=6), part("c", row="2"), part("d", row="2")]

    assert [(node.id, width) for node, width in widths(nodes)] == [("a", 10), ("b", 6), ("c", 8), ("d", 8)]


def test_without_a_design_short_fields_take_half_a_line() -> None:
    nodes = [part("a"), part("b", kind="long_text"), GroupNode(id="g", type="group", children=())]

    assert [width for _, width in widths(nodes)] == [8, 16, 16]


@pytest.mark.parametrize(
    ("parts", "table"),
    [
        ([part("a"), part("b", kind="choice"), part("c", kind="flag")], True),
        ([part("a")], True),
        ([part(str(n)) for n in range(6)], False),
        ([part("a"), part("b", kind="files")], False),
        ([part("a"), part("b", kind="choice", type="radio")], False),
        ([GroupNode(id="g", type="group", children=())], False),
    ],
)
def test_narrow_rows_stand_in_a_table(parts: list[Any], table: bool) -> None:
    assert is_table(listed(*parts)) is table


def test_a_designer_may_decide_otherwise() -> None:
    assert is_table(listed(part("a"), layout="cards")) is False
    assert is_table(listed(*(part(str(n)) for n in range(6)), layout="table")) is True

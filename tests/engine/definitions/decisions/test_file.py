"""What is wrong with a decision file is told with decision, row and column."""

from pathlib import Path

import pytest

from engine.definitions.inspection import inspect
from tests.engine.definitions.tables import decision_file, read, table

SAMPLE = (Path(__file__).parents[1] / "samples" / "skill_allowance.dmn").read_bytes()
RANGE = "<outputValues><text>[1..3]</text></outputValues>"
VERSIONS = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)


@pytest.mark.parametrize("namespace", VERSIONS)
def test_all_versions_of_the_standard_give_the_same_canonical_file(namespace: str) -> None:
    written = inspect(decision_file(table(("", "1")), namespace=namespace), is_diagram=False).xml

    assert written == inspect(decision_file(table(("", "1"))), is_diagram=False).xml
    assert written is not None
    assert b"20191111" in written


def test_writing_a_table_again_changes_nothing() -> None:
    once = inspect(SAMPLE, is_diagram=False).xml

    assert once is not None
    assert inspect(once, is_diagram=False).xml == once
    assert b"biodi:width" in once
    assert b"dmndi:DMNShape" in once


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (table(("> >", "1")), "decision_cell"),
        (table(("", "1 +")), "decision_cell"),
        (table(("", "1"), inputs=("a +",)), "decision_cell"),
        (table(("", "1"), columns=("<inputValues><text>(</text></inputValues>", "")), "decision_cell"),
        (table(("", "1"), attributes='hitPolicy="SINGLE"'), "hit_policy_not_supported"),
        (table(("", "1"), attributes='hitPolicy="PRIORITY"'), "output_values_needed"),
        (table(("", "1"), attributes='hitPolicy="OUTPUT ORDER"', columns=("", RANGE)), "output_values_needed"),
        (table(("", "1"), attributes='hitPolicy="COLLECT" aggregation="AVERAGE"'), "hit_policy_not_supported"),
        (table(("", "1", "2"), outputs=("a", "a")), "output_names_needed"),
        (table(("", "1", "2"), outputs=("a", "")), "output_names_needed"),
        (table(("", "1", "2"), outputs=("a", "b"), attributes='hitPolicy="COLLECT" aggregation="SUM"'),
         "aggregation_of_several"),
        (table(("",), outputs=()), "table_without_output"),
        (table(), "table_without_rules"),
        (table(("",)), "row_length"),
        ("", "decision_without_logic"),
        ('<informationRequirement><requiredDecision href="#d9" /></informationRequirement>' + table(("", "1")),
         "requirement_unresolved"),
        ('<informationRequirement><requiredDecision href="#d0" /></informationRequirement>' + table(("", "1")),
         "requirement_in_circle"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_by_name(body: str, code: str) -> None:
    found = read(decision_file(body))

    assert found.decisions == ()
    assert [(p.code, p.element_id) for p in found.problems] == [(code, "d0")]
    assert found.problems[0].text("zh") != code


def test_a_wrong_cell_is_named_by_row_and_column() -> None:
    (problem,) = read(decision_file(table(("1", "1"), ("> >", "2"), inputs=("年限",)))).problems

    assert (problem.params["rule"], problem.params["column"]) == (2, "年限")
    assert "2" in problem.text("zh")
    assert "年限" in problem.text("zh")


def test_a_circle_of_decisions_is_refused() -> None:
    def needs(index: int) -> str:
        href = f'<informationRequirement><requiredDecision href="#d{index}" /></informationRequirement>'
        return f"{href}<literalExpression><text>1</text></literalExpression>"

    codes = {p.code for p in read(decision_file(needs(1), needs(2), needs(0))).problems}

    assert codes == {"requirement_in_circle"}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<conditional />", "box_not_supported"),
        ("<for />", "box_not_supported"),
        ('<evil:x xmlns:evil="http://evil.example" />', "foreign_element"),
        ("<literalExpression expressionLanguage='javascript'><text>1</text></literalExpression>",
         "attribute_not_supported"),
    ],
)  # fmt: skip
def test_newer_boxes_and_other_languages_are_refused_by_name(part: str, code: str) -> None:
    assert [p.code for p in inspect(decision_file(part), is_diagram=False).problems] == [code]


def test_a_file_without_a_decision_is_refused() -> None:
    assert [p.code for p in read(decision_file()).problems] == ["decision_missing_in_file"]


def test_one_id_for_two_decisions_is_refused() -> None:
    twice = decision_file(table(("", "1")), table(("", "2"))).replace(b'id="d1"', b'id="d0"')

    assert [(p.code, p.element_id) for p in inspect(twice, is_diagram=False).problems] == [("duplicate_id", "d0")]

"""What a designer is told about the rows of a table: overlaps, gaps, rows that never apply."""

from collections.abc import Callable

import pytest

from engine.definitions.check import Report
from engine.definitions.decisions.coverage import Budget
from engine.definitions.lint.tables import about_rows
from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import END, START, diagram, flow
from tests.engine.definitions.tables import decision_file, model, read, table

LEVELS = '<inputValues><text>"甲","乙","丙"</text></inputValues>'
EIGHT = '@"2026-11-23T08:00:00Z"'
DEFAULT = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"


def told(source: bytes) -> list[LintProblem]:
    found = read(source)
    assert found.problems == ()
    return list(about_rows(found, Budget()))


def said(*rows: tuple[str, ...], **options: object) -> list[tuple[str, str]]:
    problems = told(decision_file(table(*rows, **options)))  # type: ignore[arg-type]
    return [(problem.code, str(problem.params.get("example", ""))) for problem in problems]


@pytest.mark.parametrize(
    ("rows", "type_", "example"),
    [
        ([("< 10", "1"), ("> 10", "2")], "number", "x = 10"),
        ([("< 10", "1"), ("[10..20]", "2"), ("[21..30]", "3"), ("> 30", "4")], "number", "x = 20.5"),
        ([("< 10", "1"), ("[12..20]", "2"), ("> 20", "3")], "integer", "x = 10"),
        ([("< 10", "1"), ("[12..20]", "2"), ("> 20", "3"), ("10", "4")], "integer", "x = 11"),
        ([("true", "1")], "boolean", "x = false"),
        ([('"甲"', "1"), ('"乙"', "2")], "string", 'x = "其他"'),
        ([('< @"2026-11-23"', "1"), ('> @"2026-11-23"', "2")], "date", 'x = "2026-11-23"'),
        ([('< @"P1D"', "1"), ('>= @"P2D"', "2")], "dayTimeDuration", 'x = "P1D"'),
        ([('< @"P1M"', "1"), ('>= @"P2M"', "2")], "yearMonthDuration", 'x = "P1M"'),
        ([(f"< {EIGHT}", "1"), (f"> {EIGHT}", "2")], "dateTime", 'x = "2026-11-23T08:00:00Z"'),
        ([("null", "1")], "number", "x = 0"),
    ],
)  # fmt: skip
def test_a_gap_is_told_with_an_example(rows: list[tuple[str, str]], type_: str, example: str) -> None:
    assert said(*rows, type_=type_) == [("table_has_gap", example)]


@pytest.mark.parametrize(
    ("rows", "type_"),
    [
        ([("< 10", "1"), ("[10..20]", "2"), ("> 20", "3")], "number"),
        ([("<= 10", "1"), ("[11..20]", "2"), (">= 21", "3")], "integer"),
        ([("true", "1"), ("false", "2")], "boolean"),
        ([('"甲"', "1"), ('not("甲")', "2")], "string"),
        ([('<= @"2026-11-23"', "1"), ('>= @"2026-11-24"', "2")], "date"),
        ([('<= @"P1M"', "1"), ('>= @"P2M"', "2")], "yearMonthDuration"),
        ([("< limit", "1"), (">= 5", "2")], "number"),
        ([('< @"08:00:00"', "1"), ('> @"07:00:00"', "2")], "time"),
        ([("5", "1"), ('"5"', "2"), ("-", "3")], "Any"),
    ],
)
def test_nothing_is_told_where_every_value_fits_one_row_or_it_cannot_be_said(
    rows: list[tuple[str, str]], type_: str
) -> None:
    policy = "FIRST" if type_ == "Any" else "UNIQUE"

    assert said(*rows, type_=type_, attributes=f'hitPolicy="{policy}"') == []


def test_input_values_and_types_say_what_can_occur() -> None:
    rows = (('"甲"', "1"), ('"乙"', "2"))
    typed = (
        '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"甲","乙","丁"</text></allowedValues>'
        f'</itemDefinition><decision id="d" name="d">{table(*rows, type_="t")}</decision>'
    )

    assert said(*rows, columns=(LEVELS, "")) == [("table_has_gap", 'x = "丙"')]
    assert [problem.params["example"] for problem in told(model(typed))] == ['x = "丁"']


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER"])
def test_a_table_that_answers_with_a_list_has_neither_gaps_nor_overlaps(policy: str) -> None:
    assert said(("> 1", "1"), ("> 2", "2"), attributes=f'hitPolicy="{policy}"') == []


def test_a_default_output_fills_every_gap() -> None:
    assert said(("> 1", "1"), columns=("", DEFAULT)) == []


def test_an_overlap_is_told_with_its_rows() -> None:
    rows = (("< 10", '"甲"', "1"), ("[5..20]", "-", "2"), (">= 10", 'not("乙")', "3"), ("> 100", '"乙"', "4"))

    problems = told(decision_file(table(*rows, inputs=("x", "y"), columns=("", DEFAULT))))

    assert [(p.params["rules"], p.params["example"]) for p in problems] == [
        ("1, 2", 'x = 5, y = "甲"'),
        ("2, 3", 'x = 10, y = "其他"'),
    ]
    assert {(p.code, p.severity, p.element_id, p.line) for p in problems} == {("rules_may_overlap", "warning", "d0", 1)}


def test_rows_of_an_any_table_may_overlap_when_they_agree_or_it_cannot_be_said() -> None:
    options = {"attributes": 'hitPolicy="ANY"', "columns": ("", DEFAULT)}

    assert said(("< 5", "1"), ("< 9", "1"), **options) == []
    assert said(("< 5", "1"), ("< 9", "x"), **options) == []
    assert said(("< 5", "1"), ("< 9", "2"), **options) == [("rules_may_overlap", "x = 4")]


def test_a_row_behind_one_that_takes_everything_never_applies() -> None:
    rows = (("> 5", "-", "1"), ("> 7", "limit", "2"), ("-", "-", "3"), ("1", '"甲"', "4"))

    problems = told(decision_file(table(*rows, inputs=("x", "y"), attributes='hitPolicy="FIRST"')))

    assert [(p.code, p.params["rule"], p.params["other"]) for p in problems] == [
        ("rule_never_applies", 2, 1),
        ("rule_never_applies", 4, 3),
    ]


def test_tables_inside_functions_and_boxes_are_checked_too() -> None:
    inner = table(("> 1", "1"), inputs=("n",))
    function = f'<encapsulatedLogic><formalParameter name="n"/>{inner}</encapsulatedLogic>'
    boxed = f'<context><contextEntry><variable name="a"/>{table(("> 1", "1"))}</contextEntry></context>'

    problems = told(
        model(
            f'<businessKnowledgeModel id="f" name="f">{function}</businessKnowledgeModel>'
            f'<decision id="d" name="d">{boxed}</decision>'
        )
    )

    assert [(problem.code, problem.element_id) for problem in problems] == [
        ("table_has_gap", "d"),
        ("table_has_gap", "f"),
    ]


def test_the_check_of_a_bundle_tells_it_with_file_and_line_and_lets_it_pass(checked: Callable[..., Report]) -> None:
    source = decision_file(table(("> 1", "1"))).replace(b"<decisionTable", b"\n\n<decisionTable")

    report = checked(diagram(START, END, flow("start", "end")), {"t.dmn": source})

    (gap,) = [problem for problem in report.problems if problem.code == "table_has_gap"]
    assert (gap.path, gap.line, gap.severity) == ("t.dmn", 3, "warning")
    assert "x = " in gap.text("zh")
    assert report.deployable

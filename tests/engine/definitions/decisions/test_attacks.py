"""Decision files and questions made to be slow, deep or endless end in a clean error, quickly."""

from collections.abc import Callable

import pytest

from engine.definitions import limits
from engine.definitions.check import Report
from engine.definitions.decisions.coverage import Budget
from engine.definitions.decisions.decision import Decision
from engine.definitions.inspection import inspect
from engine.definitions.lint.tables import about_rows
from engine.feel import FeelEvaluationError
from tests.engine.definitions.diagrams import END, START, diagram, flow
from tests.engine.definitions.tables import decision_file, model, read, table
from tests.timing import within

PLAIN = diagram(START, END, flow("start", "end"))


def function(name: str, body: str, *, knows: str = "") -> str:
    arrow = f'<knowledgeRequirement><requiredKnowledge href="#{knows}"/></knowledgeRequirement>' if knows else ""
    parameter = '<formalParameter name="n"/>'
    logic = f"<encapsulatedLogic>{parameter}{body}</encapsulatedLogic>"
    return f'<businessKnowledgeModel id="{name}" name="{name}">{logic}{arrow}</businessKnowledgeModel>'


def literal(text: str) -> str:
    return f"<literalExpression><text><![CDATA[{text}]]></text></literalExpression>"


def asking(name: str, text: str) -> str:
    arrow = f'<knowledgeRequirement><requiredKnowledge href="#{name}"/></knowledgeRequirement>'
    return f'<decision id="d" name="d">{arrow}{literal(text)}</decision>'


CALLING_ITSELF = f"<invocation>{literal('f')}<binding><parameter name='n'/>{literal('n + 1')}</binding></invocation>"
IN_A_TABLE = (
    "<decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>"
    "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>f(n)</text></outputEntry></rule></decisionTable>"
)
IN_A_CONTEXT = f"<context><contextEntry><variable name='x'/>{CALLING_ITSELF}</contextEntry></context>"
X_AND_Y = '<formalParameter name="x"/><formalParameter name="y"/>'


def reason_of(decision: Decision) -> str:
    """Why it cannot be worked out."""
    with pytest.raises(FeelEvaluationError) as refusal:
        decision.evaluate({})
    return refusal.value.reason


@pytest.mark.parametrize(
    "content",
    [
        function("f", literal("f(n + 1)")) + asking("f", "f(1)"),
        function("f", CALLING_ITSELF) + asking("f", "f(1)"),
        function("f", IN_A_TABLE) + asking("f", "f(1)"),
        function("f", IN_A_CONTEXT) + asking("f", "f(1)"),
        function("f", literal("if n < 40 then f(n + 1) + f(n + 1) else 1")) + asking("f", "f(1)"),
        function("f", literal("count(for i in 1..20000 return i)")) + asking("f", "for i in 1..20000 return f(i)"),
        function("f", literal("[n, n]")) + asking("f", "for i in 1..300, j in 1..300 return f(f(f(i)))"),
    ],
    ids=["itself", "invocation", "table", "context", "two calls", "loop in loop", "loops"],
)
def test_functions_without_end_are_stopped(content: str) -> None:
    (decision,) = read(model(content)).decisions

    assert within(0.5, lambda: reason_of(decision)) in ("too_many_calls", "too_many_steps")


def test_a_function_of_boxes_may_be_called_for_each_of_thousands() -> None:
    content = function("f", literal("n * 2")) + asking("f", "count(for i in 1..5000 return f(i))")
    (decision,) = read(model(content)).decisions

    assert decision.evaluate({}) == 5000


def test_a_function_of_boxes_may_put_a_thousand_in_order() -> None:
    order = function("f", literal("x < y")).replace('<formalParameter name="n"/>', X_AND_Y)
    (decision,) = read(model(order + asking("f", "sort(numbers, f)"))).decisions

    assert decision.evaluate({"numbers": [n * 619 % 1009 for n in range(1, 1001)]})[:3] == [1, 2, 3]


def test_decisions_that_double_the_result_of_another_share_one_limit() -> None:
    steps = "".join(
        f'<decision id="d{n}" name="n{n}"><informationRequirement><requiredDecision href="#d{n + 1}"/>'
        f"</informationRequirement>{literal(f'concatenate(n{n + 1}, n{n + 1})')}</decision>"
        for n in range(40)
    )
    decisions = read(model(f'{steps}<decision id="d40" name="n40">{literal("[1]")}</decision>')).decisions

    assert within(0.5, lambda: reason_of(decisions[0])) in ("list_too_long", "too_many_steps")


def deciding(logic: str) -> str:
    return f'<decision id="d" name="d">{logic}</decision>'


def nested(levels: int) -> str:
    return deciding("<list>" * levels + literal("1") + "</list>" * levels)


LONG = literal("1+" * 4_000 + "1")
TYPES = "".join(f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>' for n in range(700))
NAMES = "".join(f'<inputData id="i{n}" name="a b{n}"/>' for n in range(limits.MAX_DECISION_NAMES + 1))
LARGE = "x" * 500_000
TOO_MUCH = {
    "boxes": (nested(limits.MAX_BOXED_DEPTH + 1), "boxed_too_deep"),
    "levels": (nested(120), "xml_limits"),
    "many levels": (nested(240), "xml_limits"),
    "very many levels": (nested(100_000), "xml_limits"),
    "two boxes": (deciding(literal("1") + literal("2")), "given_twice"),
    "brackets": (deciding(literal("(" * 5_000)), "decision_expression"),
    "text": (deciding(f"<list>{LONG * 60}</list>"), "decision_text_too_long"),
    "names": (NAMES, "too_many_names"),
    "cells": (deciding(f"<list>{literal('1') * (limits.MAX_CELLS + 1)}</list>"), "too_many_cells"),
    "types": (TYPES, "boxed_too_deep"),
    "name": (f'<decision id="d" name="{LARGE}">{literal("1 +")}</decision>', "decision_expression"),
    "id": (f'<decision id="{LARGE}" name="d">{literal("1")}</decision>', "id_not_valid"),
}


@pytest.mark.parametrize(("content", "code"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_files_that_are_too_much_are_refused_in_less_than_two_seconds(
    checked: Callable[..., Report], content: str, code: str
) -> None:
    report = within(2, lambda: checked(PLAIN, {"t.dmn": model(content)}))

    assert code in {problem.code for problem in report.problems}
    assert not report.deployable
    assert all(len(problem.text()) < 1_000 for problem in report.problems)


def test_a_chain_of_requirements_costs_what_its_length_costs() -> None:
    length = 700
    chain = "".join(
        f'<decision id="d{n}" name="n{n}"><informationRequirement><requiredDecision href="#d{n + 1}"/>'
        f"</informationRequirement>{literal(f'd{n + 1} + 1')}</decision>"
        for n in range(length)
    )
    content = model(f'{chain}<decision id="d{length}" name="n{length}">{literal("0")}</decision>')

    assert within(1, lambda: read(content).decisions[0].evaluate({})) == length


def test_names_made_to_be_slow_end_the_reading(checked: Callable[..., Report]) -> None:
    words = [" ".join("ab"[n >> place & 1] for place in range(11)) for n in range(1_400)]
    names = "".join(f'<inputData id="i{n}" name="{name}"/>' for n, name in enumerate(words))
    texts = literal(" ".join("ab" * 30)) * 1_900
    content = model(names + deciding(f"<list>{texts}</list>"))

    report = within(2, lambda: checked(PLAIN, {"t.dmn": content}))

    assert not report.deployable


def rows_of(cell: Callable[[int, int], str], *, rows: int, columns: int) -> list[tuple[str, ...]]:
    return [(*(cell(row, column) for column in range(columns)), "1") for row in range(rows)]


def scattered(row: int, column: int) -> str:
    low = row * (column + 3) % 97
    return f"[{low}..{low + 40}]"


def diagonal(row: int, column: int) -> str:
    return "true" if row == column else "-"


def bitwise(row: int, column: int) -> str:
    return "-" if row >> column & 1 else f"not({row})"


@pytest.mark.parametrize(
    "rows",
    [
        rows_of(scattered, rows=200, columns=8),
        rows_of(bitwise, rows=70, columns=24),
        [(f"[{row}..{row + 1}]", "1") for row in range(900)],
        rows_of(diagonal, rows=40, columns=40),
        rows_of(diagonal, rows=60, columns=29),
    ],
    ids=["ranges", "negations", "many rows", "many columns", "wide"],
)
def test_the_check_of_rows_has_a_bounded_cost(rows: list[tuple[str, ...]]) -> None:
    names = tuple(f"x{n}" for n in range(len(rows[0]) - 1))
    found = read(decision_file(table(*rows, inputs=names)))

    assert within(0.5, lambda: list(about_rows(found, Budget())))


def test_all_tables_of_a_bundle_share_one_budget() -> None:
    rows = rows_of(scattered, rows=60, columns=8)
    found = read(decision_file(*(table(*rows, inputs=tuple(f"x{k}" for k in range(8))) for _ in range(3))))
    budget = Budget(20_000)

    codes = [problem.code for problem in about_rows(found, budget)]

    assert codes.count("table_not_checked") == 2
    assert budget.steps >= 0


def test_entities_are_refused_before_anything_is_read() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + model('<decision id="d" name="&b;"/>')

    assert [problem.code for problem in inspect(bomb, is_diagram=False).problems] == ["document_type"]

"""What is wrong with a decision file is told with its element and its line, in both languages."""

import re

import pytest

from engine.definitions.inspection import inspect
from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.tables import model, read

ONE = "<literalExpression><text>1</text></literalExpression>"


def needs(target: str, kind: str = "requiredDecision", arrow: str = "informationRequirement") -> str:
    return f'<{arrow}><{kind} href="#{target}"/></{arrow}>'


def knows(target: str) -> str:
    return needs(target, "requiredKnowledge", "knowledgeRequirement")


def deciding(content: str, *, id_: str = "d", name: str = "") -> str:
    return f'<decision id="{id_}" name="{name or id_}">{content}</decision>'


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def function(content: str = ONE, *, id_: str = "f", parameters: str = '<formalParameter name="n"/>') -> str:
    logic = f"<encapsulatedLogic>{parameters}{content}</encapsulatedLogic>"
    return f'<businessKnowledgeModel id="{id_}" name="{id_}">{logic}</businessKnowledgeModel>'


def entry(name: str, content: str = ONE) -> str:
    return f'<contextEntry><variable name="{name}"/>{content}</contextEntry>'


def calling(called: str, *names: str) -> str:
    bound = "".join(f'<binding><parameter name="{name}"/>{ONE}</binding>' for name in names)
    return f"<invocation>{literal(called)}{bound}</invocation>"


def type_(name: str, base: str, more: str = "") -> str:
    return f'<itemDefinition name="{name}"><typeRef>{base}</typeRef>{more}</itemDefinition>'


def typed(kind: str) -> str:
    return f'<variable name="d" typeRef="{kind}"/>'


RELATION = '<relation><column name="a"/><column name="b"/>{rows}</relation>'
# Each part stands on a line of its own; the last column is the line of the problem.
WRONG: dict[str, tuple[list[str], str, str, int]] = {
    "decision that is not there": ([deciding(needs("x") + ONE)], "requirement_unresolved", "d", 2),
    "input that is not there": ([deciding(needs("x", "requiredInput") + ONE)], "requirement_unresolved", "d", 2),
    "function that is not there": ([deciding(knows("x") + ONE)], "requirement_unresolved", "d", 2),
    "source that is not there": (
        [deciding(needs("x", "requiredAuthority", "authorityRequirement") + ONE)], "requirement_unresolved", "d", 2,
    ),
    "arrow to another kind": ([function(), deciding(needs("f") + ONE)], "requirement_unresolved", "d", 3),
    "arrow into another file": (
        [deciding(needs("x").replace("#x", "other.dmn#x") + ONE)], "requirement_unresolved", "d", 2,
    ),
    "decision that needs itself": ([deciding(needs("d") + ONE)], "requirement_in_circle", "d", 2),
    "name of two decisions": ([deciding(ONE), deciding(ONE, id_="e", name="d")], "decision_name_twice", "e", 3),
    "name of a decision and an input": ([deciding(ONE), '<inputData id="i" name="d"/>'], "decision_name_twice", "i", 3),
    "no logic": ([deciding("")], "decision_without_logic", "d", 2),
    "function without logic": (['<businessKnowledgeModel id="f" name="f"/>'], "logic_missing", "f", 2),
    "function without body": ([function("")], "logic_missing", "f", 2),
    "entry without logic": ([deciding(f"<context>{entry('a', '')}</context>")], "logic_missing", "d", 2),
    "call of nothing": ([deciding("<invocation/>")], "logic_missing", "d", 2),
    "binding without value": (
        [function(), deciding(knows("f") + calling("f", "n").replace(ONE, ""))], "logic_missing", "d", 3,
    ),
    "Java": ([function().replace("<encapsulatedLogic", '<encapsulatedLogic kind="Java"')], "function_kind", "f", 2),
    "PMML": ([deciding('<functionDefinition kind="PMML"/>')], "function_kind", "d", 2),
    "parameter that is not there": (
        [function(), deciding(knows("f") + calling("f", "m"))], "parameter_unknown", "d", 3,
    ),
    "function without an arrow": ([function(), deciding(literal("f(1)"))], "requirement_missing", "d", 3),
    "entry twice": ([deciding(f"<context>{entry('a')}{entry('a')}</context>")], "decision_name_twice", "d", 2),
    "entry without a name": (
        [deciding(f"<context><contextEntry>{ONE}</contextEntry>{entry('a')}</context>")],
        "name_missing_in_decision", "d", 2,
    ),
    "parameter twice": ([function(parameters='<formalParameter name="n"/>' * 2)], "decision_name_twice", "f", 2),
    "column twice": (
        [deciding('<relation><column name="a"/><column name="a"/></relation>')], "decision_name_twice", "d", 2,
    ),
    "short row": ([deciding(RELATION.format(rows=f"<row>{ONE}</row>"))], "relation_row_length", "d", 2),
    "wrong expression": ([deciding(literal("1 +"))], "decision_expression", "d", 2),
    "wrong expression deep inside": (
        [deciding(f"<list><context>{entry('a', literal('1 +'))}</context></list>")], "decision_expression", "d", 2,
    ),
    "type that is not there": ([deciding(typed("tPay") + ONE)], "type_unknown", "d", 2),
    "base type that is not there": ([type_("t", "tPay"), deciding(ONE)], "type_unknown", "itemDefinition_1", 2),
    "types in a circle": (
        [type_("a", "b"), type_("b", "a"), deciding(ONE)], "type_in_circle", "itemDefinition_2", 3,
    ),
    "type twice": (
        [type_("a", "string"), type_("a", "number")], "decision_name_twice", "itemDefinition_2", 3,
    ),
    "component twice": (
        ['<itemDefinition name="t"><itemComponent name="a"/><itemComponent name="a"/></itemDefinition>', deciding(ONE)],
        "decision_name_twice", "itemDefinition_1", 2,
    ),
    "allowed values": (
        [type_("t", "string", "<allowedValues><text>> ></text></allowedValues>"), deciding(ONE)],
        "decision_expression", "itemDefinition_1", 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "code", "element", "line"), WRONG.values(), ids=WRONG)
def test_a_problem_names_its_element_and_line(parts: list[str], code: str, element: str, line: int) -> None:
    problems = read(model("\n".join(["", *parts, deciding(ONE, id_="free")]))).problems

    assert [(p.code, p.element_id, p.line, p.severity) for p in problems] == [(code, element, line, "error")]
    assert_is_said(problems[0])


def assert_is_said(problem: LintProblem) -> None:
    for locale in ("zh", "en"):
        assert not re.search(r"\{\w*\}", problem.text(locale) + problem.text(locale, "fix"))
    assert re.search("[一-鿿]", problem.text("zh"))
    assert not re.search("[一-鿿]", problem.text("en"))


REFUSED = {
    "import": ('<import namespace="n" importType="t"/>', "decision_element_not_supported"),
    "decision service": ('<decisionService id="s" name="s"/>', "decision_element_not_supported"),
    "function type": ('<itemDefinition name="t"><functionItem/></itemDefinition>', "decision_element_not_supported"),
    "type constraint": (
        '<itemDefinition name="t"><typeConstraint/></itemDefinition>',
        "decision_element_not_supported",
    ),
    "boxed if": (deciding("<conditional/>"), "box_not_supported"),
    "boxed for": (deciding("<for/>"), "box_not_supported"),
    "boxed filter": (deciding("<filter/>"), "box_not_supported"),
    "two logics": (deciding(ONE + "<list/>"), "given_twice"),
    "two logics in an entry": (deciding(f"<context>{entry('a', ONE + ONE)}</context>"), "given_twice"),
    "two functions": (function().replace("</business", "<encapsulatedLogic/></business"), "given_twice"),
    "called by a table": (deciding("<invocation><decisionTable/></invocation>"), "element_misplaced"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_run_is_refused_by_name(content: str, code: str) -> None:
    inspected = inspect(model("\n\n" + content), is_diagram=False)

    assert inspected.xml is None
    assert [(p.code, p.line) for p in inspected.problems] == [(code, 3)]
    assert_is_said(inspected.problems[0])


def test_functions_in_a_circle_are_refused() -> None:
    first = function(id_="f").replace("</business", knows("g") + "</business")
    second = function(id_="g").replace("</business", knows("f") + "</business")

    problems = read(model(f"{first}\n{second}\n{deciding(knows('f') + ONE)}")).problems

    assert [(p.code, p.element_id, p.line) for p in problems] == [
        ("requirement_in_circle", "f", 1),
        ("requirement_in_circle", "g", 2),
    ]


def test_what_only_needs_a_circle_is_not_blamed_for_it() -> None:
    circle = deciding(needs("b") + ONE, id_="a") + deciding(needs("a") + ONE, id_="b")

    found = read(model(circle + deciding(needs("a") + ONE, id_="c") + deciding(ONE, id_="free")))

    assert {p.element_id for p in found.problems} == {"a", "b"}
    assert [decision.id for decision in found.decisions] == ["free"]
    assert found.unread == {"a", "b", "c"}


def test_a_decision_that_is_named_without_an_arrow_is_a_warning() -> None:
    (problem,) = read(model(deciding(ONE, id_="base") + deciding(literal("base + 1")))).problems

    assert (problem.severity, problem.code, problem.element_id) == ("warning", "requirement_missing", "d")


def test_a_decision_does_not_need_an_arrow_to_a_name_of_its_own() -> None:
    named = f"<context>{entry('base')}{entry('x', literal('base'))}</context>"

    assert read(model(deciding(ONE, id_="base") + deciding(named))).problems == ()

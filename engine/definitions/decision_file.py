"""Canonical DMN to `Decision`s; what is wrong in a cell is told with its row and column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from engine.definitions.decision_table import AGGREGATIONS, HIT_POLICIES, Decision, Input, Output, Row, Table
from engine.definitions.dmn_dialect import DMN
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process_file import uploaded_line
from engine.feel import (
    Expression,
    FeelSyntaxError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    strip_equals,
)

_NS = dict(DMN.namespaces)
_ALWAYS = ("", "-")


@dataclass(frozen=True)
class DecisionFile:
    decisions: tuple[Decision, ...]
    problems: tuple[LintProblem, ...]


def read_decisions(canonical_xml: bytes, *, origins: Sequence[int] = ()) -> DecisionFile:
    """`decisions` leaves out those with problems."""
    root = etree.fromstring(canonical_xml, etree.XMLParser(resolve_entities=False, no_network=True))
    return _Reading(root, origins).file()


class _Reading:
    def __init__(self, root: etree._Element, origins: Sequence[int]) -> None:
        self.nodes = {_id(node): node for node in root.iterfind("dmn:decision", _NS)}
        self.labels = [node.get("id") for node in root.iterfind("dmn:decision", _NS)]
        self.names = frozenset(_known_names(root))
        self.origins = origins
        self.problems: list[LintProblem] = []
        self.done: dict[str, Decision | None] = {}
        self.decision_id = ""

    def file(self) -> DecisionFile:
        if not self.nodes:
            self.problems.append(error("decision_missing_in_file", line=1))
        for found in {i for i in self.labels if i and self.labels.count(i) > 1}:
            self.problems.append(error("duplicate_id", element_id=found))
        decisions = [self._decision(decision_id, above=()) for decision_id in self.nodes]
        return DecisionFile(tuple(d for d in decisions if d is not None), tuple(self.problems))

    def _decision(self, decision_id: str, *, above: tuple[str, ...]) -> Decision | None:
        if decision_id in self.done:
            return self.done[decision_id]
        node, self.decision_id, before = self.nodes[decision_id], decision_id, len(self.problems)
        required = self._required(node, above=(*above, decision_id))
        self.decision_id = decision_id
        body = self._body(node)
        broken = len(self.problems) > before or body is None
        decision = None if broken else self._made(node, body=body, required=required)
        self.done[decision_id] = decision
        return decision

    def _made(self, node: etree._Element, *, body: Any, required: tuple[Decision, ...]) -> Decision:
        given = {name for decision in required for name in (decision.id, decision.name)}
        inner = frozenset().union(*(decision.free_names for decision in required))
        variable = node.find("dmn:variable", _NS)
        name = (variable.get("name") if variable is not None else None) or node.get("name") or _id(node)
        return Decision(_id(node), name, body, required, (_free_names(body) - given) | inner)

    def _required(self, node: etree._Element, *, above: tuple[str, ...]) -> tuple[Decision, ...]:
        found = []
        for needed in node.iterfind("dmn:informationRequirement/dmn:requiredDecision", _NS):
            target = needed.get("href", "").removeprefix("#")
            if target not in self.nodes:
                self._say("requirement_unresolved", needed, value=target[:80])
            elif target in above:
                self._say("requirement_in_circle", needed, value=target[:80])
            else:
                found.append(self._decision(target, above=above))
        return tuple({decision.id: decision for decision in found if decision is not None}.values())

    def _body(self, node: etree._Element) -> Table | Expression | None:
        table = node.find("dmn:decisionTable", _NS)
        if table is not None:
            return self._table(table)
        literal = node.find("dmn:literalExpression", _NS)
        if literal is None:
            self._say("decision_without_logic", node)
            return None
        return self._expression(literal, place="literal")

    def _table(self, node: etree._Element) -> Table | None:
        policy, aggregation = node.get("hitPolicy", "UNIQUE"), node.get("aggregation")
        if policy not in HIT_POLICIES or (aggregation or "SUM") not in AGGREGATIONS:
            self._say("hit_policy_not_supported", node, policy=f"{policy} {aggregation or ''}".strip())
            return None
        inputs = tuple(self._input(column, number=n) for n, column in _numbered(node, "dmn:input"))
        outputs = tuple(self._output(column, number=n) for n, column in _numbered(node, "dmn:output"))
        self._check_outputs(node, outputs=outputs, aggregated=bool(aggregation))
        rows = tuple(self._row(row, number=n, inputs=inputs, outputs=outputs) for n, row in _numbered(node, "dmn:rule"))
        if not rows:
            self._say("table_without_rules", node)
        return Table(policy, aggregation if policy == "COLLECT" else None, inputs, outputs, rows)

    def _check_outputs(self, node: etree._Element, *, outputs: tuple[Output, ...], aggregated: bool) -> None:
        names = [output.name for output in outputs]
        if not outputs:
            self._say("table_without_output", node)
        elif len(outputs) > 1 and (not all(names) or len(set(names)) < len(names)):
            self._say("output_names_needed", node)
        elif len(outputs) > 1 and aggregated:
            self._say("aggregation_of_several", node)

    def _input(self, node: etree._Element, *, number: int) -> Input:
        asked = node.find("dmn:inputExpression", _NS)
        asked = node if asked is None else asked
        label = node.get("label") or _text(asked) or str(number)
        expression = self._expression(asked, place="input", column=label)
        allowed = self._tests(node.find("dmn:inputValues", _NS), place="input_values", column=label)
        return Input(label, expression, asked.get("typeRef") or None, allowed)  # type: ignore[arg-type]

    def _output(self, node: etree._Element, *, number: int) -> Output:
        label = node.get("label") or node.get("name") or str(number)
        default = node.find("dmn:defaultOutputEntry", _NS)
        shown = {"place": "default_output", "column": label}
        return Output(
            name=node.get("name") or "",
            label=label,
            allowed=self._tests(node.find("dmn:outputValues", _NS), place="output_values", column=label),
            default=self._expression(default, **shown) if default is not None and _text(default) else None,
        )

    def _row(self, node: etree._Element, *, number: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Row:
        cells, results = node.findall("dmn:inputEntry", _NS), node.findall("dmn:outputEntry", _NS)
        if len(cells) != len(inputs) or len(results) != len(outputs):
            self._say("row_length", node, rule=number)
            return Row(number, (), ())
        tests = [
            (n, self._tests(cell, place="cell", column=inputs[n].label, rule=number)) for n, cell in enumerate(cells)
        ]
        values = tuple(
            self._expression(cell, place="result", column=output.label, rule=number) if _text(cell) else None
            for cell, output in zip(results, outputs, strict=True)
        )
        return Row(number, tuple((n, test) for n, test in tests if test is not None), values)

    def _expression(self, node: etree._Element, **place: Any) -> Expression | None:
        try:
            return compile_expression(strip_equals(_text(node)), names=self.names)
        except FeelSyntaxError as wrong:
            self._wrong_cell(node, wrong, **place)
            return None

    def _tests(self, node: etree._Element | None, **place: Any) -> UnaryTests | None:
        if node is None or _text(node) in _ALWAYS:
            return None
        try:
            return compile_unary_tests(_text(node), names=self.names)
        except FeelSyntaxError as wrong:
            self._wrong_cell(node, wrong, **place)
            return None

    def _wrong_cell(self, node: etree._Element, wrong: FeelSyntaxError, /, **place: Any) -> None:
        said = {"detail": wrong.text("zh"), "detail_en": wrong.text("en"), "position": wrong.position}
        shown = {"column": "", "rule": "—"} | place
        self._say("decision_cell", node, text=_text(node)[:80], **shown, **said)

    def _say(self, code: str, at: etree._Element, /, **params: Any) -> None:
        found = error(code, element_id=self.decision_id, line=uploaded_line(at, origins=self.origins))
        self.problems.append(replace(found, params=params))


def _known_names(root: etree._Element) -> Iterator[str]:
    """Names that expressions may use although they hold spaces or signs."""
    for tag in ("dmn:inputData", "dmn:decision"):
        for node in root.iterfind(tag, _NS):
            yield from filter(None, (node.get("name"), node.get("id")))
            variable = node.find("dmn:variable", _NS)
            if variable is not None and variable.get("name"):
                yield variable.get("name", "")


def _free_names(body: Table | Expression) -> frozenset[str]:
    if not isinstance(body, Table):
        return body.free_names
    parts: list[Any] = [column.expression for column in body.inputs]
    parts += [column.allowed for column in body.inputs] + [column.default for column in body.outputs]
    for row in body.rows:
        parts += [test for _, test in row.tests] + list(row.results)
    return frozenset().union(*(part.free_names for part in parts if part is not None))


def _numbered(node: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    return enumerate(node.iterfind(tag, _NS), start=1)


def _id(node: etree._Element) -> str:
    return node.get("id") or node.get("name") or "decision"


def _text(node: etree._Element) -> str:
    return (node.findtext("dmn:text", "", _NS) or "").strip()

"""Decision tables of a file to `Table`s; what is wrong in a cell is told with its row and column."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.definitions.decisions.findings import NS, Findings, text_of
from engine.definitions.decisions.hit_policies import AGGREGATIONS, HIT_POLICIES, HitPolicy
from engine.definitions.decisions.item_types import ItemType
from engine.definitions.decisions.logic import Formula
from engine.definitions.decisions.table import Input, Output, Row, Table
from engine.definitions.decisions.type_reading import TypeReading
from engine.feel import FeelEvaluationError, FeelSyntaxError, Range, compile_expression


class TableReading:
    def __init__(self, findings: Findings, types: TypeReading) -> None:
        self.findings = findings
        self.types = types

    def table(self, node: etree._Element) -> Table | None:
        before = len(self.findings.problems)
        name, aggregation = node.get("hitPolicy", "UNIQUE"), node.get("aggregation")
        policy = HIT_POLICIES.get(name)
        if policy is None or (aggregation or "SUM") not in AGGREGATIONS:
            self.findings.say(
                "hit_policy_not_supported", node, policy=f"{name[:40]} {(aggregation or '')[:40]}".strip()
            )
            return None
        inputs = tuple(self._input(column, number=n) for n, column in _numbered(node, "dmn:input"))
        outputs = tuple(self._output(column, policy, number=n) for n, column in _numbered(node, "dmn:output"))
        self._check_outputs(node, policy, outputs=outputs, aggregated=bool(aggregation))
        rows = tuple(self._row(row, number=n, inputs=inputs, outputs=outputs) for n, row in _numbered(node, "dmn:rule"))
        if not rows:
            self.findings.say("table_without_rules", node)
        if any(problem.severity == "error" for problem in self.findings.problems[before:]):
            return None
        collected = aggregation if policy.name == "COLLECT" else None
        return Table(policy, collected, inputs, outputs, rows, self.types.of(node), self.findings.line(node))

    def _check_outputs(
        self, node: etree._Element, policy: HitPolicy, *, outputs: tuple[Output, ...], aggregated: bool
    ) -> None:
        names = [output.name for output in outputs]
        if not outputs:
            self.findings.say("table_without_output", node)
        elif len(outputs) > 1 and (not all(names) or len(set(names)) < len(names)):
            self.findings.say("output_names_needed", node)
        elif len(outputs) > 1 and aggregated:
            self.findings.say("aggregation_of_several", node)
        elif policy.by_rank and not any(output.order for output in outputs):
            self.findings.say("output_values_needed", node, policy=policy.name)

    def _input(self, node: etree._Element, *, number: int) -> Input:
        asked = node.find("dmn:inputExpression", NS)
        asked = node if asked is None else asked
        label = node.get("label") or text_of(asked) or str(number)
        expression = self.findings.formula(asked, place="input", column=label)
        allowed = self.findings.tests(node.find("dmn:inputValues", NS), place="input_values", column=label)
        return Input(label, expression, self.types.of(asked), allowed)  # type: ignore[arg-type]

    def _output(self, node: etree._Element, policy: HitPolicy, *, number: int) -> Output:
        label = node.get("label") or node.get("name") or str(number)
        default, values = node.find("dmn:defaultOutputEntry", NS), node.find("dmn:outputValues", NS)
        given, kind = default is not None and text_of(default), self.types.of(node)
        return Output(
            name=node.get("name") or "",
            label=label,
            type=kind,
            allowed=self.findings.tests(values, place="output_values", column=label),
            default=self._formula(default, place="default_output", column=label) if given else None,
            order=_order(kind, values) if policy.by_rank else (),
        )

    def _formula(self, cell: etree._Element, **place: Any) -> Formula | None:
        expression = self.findings.formula(cell, **place)
        return None if expression is None else Formula(expression, self.types.of(cell))

    def _row(self, node: etree._Element, *, number: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Row:
        cells, results = node.findall("dmn:inputEntry", NS), node.findall("dmn:outputEntry", NS)
        if len(cells) != len(inputs) or len(results) != len(outputs):
            self.findings.say("row_length", node, rule=number)
            return Row(number, (), ())
        tests = [
            (n, self.findings.tests(cell, place="cell", column=inputs[n].label, rule=number))
            for n, cell in enumerate(cells)
        ]
        values = tuple(
            self._formula(cell, place="result", column=output.label, rule=number) if text_of(cell) else None
            for cell, output in zip(results, outputs, strict=True)
        )
        return Row(number, tuple((n, test) for n, test in tests if test is not None), values)


def _numbered(node: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    return enumerate(node.iterfind(tag, NS), start=1)


def _order(kind: ItemType, values: etree._Element | None) -> tuple[Any, ...]:
    """The output values in the order in which they are written, or those of the type."""
    text = text_of(values) if values is not None else ""
    try:
        listed = compile_expression(f"[{text or (kind.allowed.source if kind.allowed else '')}]")
        found = listed.evaluate({})
    except (FeelSyntaxError, FeelEvaluationError):
        return ()
    plain = isinstance(found, list) and not any(value is None or isinstance(value, Range) for value in found)
    return tuple(found) if plain and not listed.free_names else ()  # type: ignore[arg-type]

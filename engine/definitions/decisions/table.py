"""Decision tables with FEEL cells, compiled once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from engine.definitions.decisions.errors import InputNotAllowed, NoRuleMatched, OutputNotAllowed, RulesOverlap
from engine.definitions.decisions.hit_policies import AGGREGATIONS, Hit, HitPolicy, same
from engine.definitions.decisions.item_types import ANY, MISFIT, ItemType, or_null
from engine.definitions.decisions.logic import Formula
from engine.feel import Expression, Run, UnaryTests, to_json

_SIMPLE = 8  # a cell of so many parts costs one step, a larger one a step more for each part


@dataclass(frozen=True)
class Input:
    label: str
    expression: Expression
    type: ItemType = ANY
    allowed: UnaryTests | None = None

    def value(self, names: Mapping[str, Any], run: Run) -> Any:
        """Dates of the case are texts and become dates. Null passes every check. Raises InputNotAllowed."""
        given = self.expression.evaluate(names, run=run)
        found = self.type.fitted(given, run, from_outside=True)
        if found is MISFIT:
            raise InputNotAllowed(input=self.label, value=to_json(given), reason="type", type=self.type.name)
        if self.allowed is not None and found is not None and not self.allowed.matches(found, names, run=run):
            raise InputNotAllowed(input=self.label, value=to_json(found), reason="value")
        return found


@dataclass(frozen=True)
class Output:
    """`order` are the output values, best first, where the hit policy goes by them."""

    name: str
    label: str
    type: ItemType = ANY
    allowed: UnaryTests | None = None
    default: Formula | None = None
    order: tuple[Any, ...] = ()

    def checked(self, value: Any, names: Mapping[str, Any], run: Run, *, rule: int | str) -> Any:
        """Raises OutputNotAllowed."""
        found = self.type.fitted(value, run)
        allowed = self.allowed is None or value is None or self.allowed.matches(found, names, run=run)
        if found is MISFIT or not allowed:
            raise OutputNotAllowed(output=self.label, rule=rule, value=to_json(value))
        return found

    def rank(self, value: Any, run: Run, *, rule: int) -> int:
        """Raises OutputNotAllowed for a value that the list does not hold."""
        for place, known in enumerate(self.order):
            if same(known, value, run):
                return place
        raise OutputNotAllowed(output=self.label, rule=rule, value=to_json(value))


@dataclass(frozen=True)
class Row:
    """`tests` holds only the cells that say something: (column, test)."""

    number: int
    tests: tuple[tuple[int, UnaryTests], ...]
    results: tuple[Formula | None, ...]

    @cached_property
    def cost(self) -> int:
        return 1 + sum(max(0, test.tree.size - _SIMPLE) for _, test in self.tests)

    def fits(self, values: Sequence[Any], names: Mapping[str, Any], run: Run) -> bool:
        run.spend(self.cost)
        return all(test.matches(values[column], names, run=run) for column, test in self.tests)


@dataclass(frozen=True)
class Table:
    """`line` is where the table begins in the file as it was handed in."""

    policy: HitPolicy
    aggregation: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    type: ItemType = ANY
    line: int | None = None

    @cached_property
    def free_names(self) -> frozenset[str]:
        parts: list[Any] = [column.expression for column in self.inputs]
        parts += [column.allowed for column in self.inputs]
        for output in self.outputs:
            parts += [output.allowed, output.default]
        for row in self.rows:
            parts += [test for _, test in row.tests] + list(row.results)
        return frozenset().union(*(part.free_names for part in parts if part is not None))

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries of the result when it is one context, else nothing."""
        one = len(self.outputs) > 1 and not self.policy.is_list
        return tuple(output.name for output in self.outputs) if one else ()

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        values = [column.value(names, run) for column in self.inputs]
        hits = list(islice(self._hits(values, names, run), 1 if self.policy.stops_at_first else None))
        if not self.policy.may_be(hits, run):
            rules = [hit.rule for hit in hits]
            raise RulesOverlap(rules=rules, inputs=self._seen(values), hit_policy=self.policy.name)
        if not hits and self.has_default:
            hits = [Hit(0, self._default(names, run))]
        if self.aggregation:
            result = AGGREGATIONS[self.aggregation]([hit.value for hit in hits], run)
        elif hits:
            result = self.policy.answer(hits)
        elif self.policy.is_list:
            result = []
        else:
            raise NoRuleMatched(inputs=self._seen(values))
        return or_null(self.type.fitted(result, run))

    def _hits(self, values: Sequence[Any], names: Mapping[str, Any], run: Run) -> Iterator[Hit]:
        for row in self.rows:
            if row.fits(values, names, run):
                yield self._hit(row, names, run)

    def _hit(self, row: Row, names: Mapping[str, Any], run: Run) -> Hit:
        found = []
        for output, result in zip(self.outputs, row.results, strict=True):
            value = None if result is None else result.work_out(names, run)
            found.append(output.checked(value, names, run, rule=row.number))
        return Hit(row.number, self._named(found), self._ranks(found, run, rule=row.number))

    def _ranks(self, values: list[Any], run: Run, *, rule: int) -> tuple[int, ...]:
        if not self.policy.by_rank:
            return ()
        pairs = zip(self.outputs, values, strict=True)
        return tuple(output.rank(value, run, rule=rule) for output, value in pairs if output.order)

    @property
    def has_default(self) -> bool:
        """Counting no rows gives zero whatever the default is."""
        return self.aggregation != "COUNT" and all(output.default is not None for output in self.outputs)

    def _default(self, names: Mapping[str, Any], run: Run) -> Any:
        given = [output.default.work_out(names, run) for output in self.outputs if output.default]
        fitted = zip(self.outputs, given, strict=True)
        return self._named([output.checked(value, names, run, rule="—") for output, value in fitted])

    def _named(self, values: list[Any]) -> Any:
        if len(values) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self.outputs, values, strict=True)}

    def _seen(self, values: list[Any]) -> dict[str, Any]:
        return {column.label: to_json(value) for column, value in zip(self.inputs, values, strict=True)}

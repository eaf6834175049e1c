"""Decisions worked out: tables with FEEL cells and single expressions, compiled once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from engine.errors import DefinitionError
from engine.feel import Expression, UnaryTests, compile_expression, to_json

_CONVERSIONS = {
    "date": "date(v)",
    "time": "time(v)",
    "dateTime": "date and time(v)",
    "dayTimeDuration": "duration(v)",
    "yearMonthDuration": "duration(v)",
}


class NoRuleMatched(DefinitionError):
    """No row of the decision table fits the input; `inputs` are the values it looked at."""


class RulesOverlap(DefinitionError):
    """More than one row fits although the hit policy allows one; `rules` are the row numbers, counted from 1."""


class InputNotAllowed(DefinitionError):
    """An input of the decision table is of another type than the column, or not among its allowed values."""


class OutputNotAllowed(DefinitionError):
    """A row gives a value that is not among the allowed values of its column; `rule` is the row number."""


class OutputNotANumber(DefinitionError):
    """A table that adds up or compares its results got something that is not a number."""


@dataclass(frozen=True)
class Input:
    label: str
    expression: Expression
    type: str | None = None
    allowed: UnaryTests | None = None

    def value(self, context: Mapping[str, Any]) -> Any:
        """Raises InputNotAllowed."""
        found = self._typed(self.expression.evaluate(context))
        if self.allowed is not None and found is not None and not self.allowed.matches(found, context):
            raise InputNotAllowed(input=self.label, value=to_json(found), reason="value")
        return found

    def _typed(self, value: Any) -> Any:
        """Texts become dates where a date is expected; any other difference of type is refused."""
        if value is None or self.type is None:
            return value
        if isinstance(value, str) and self.type in _CONVERSIONS:
            converted = compile_expression(_CONVERSIONS[self.type]).evaluate({"v": value})
            if converted is not None:
                return converted
        elif self.type not in _IS_OF_TYPE or _IS_OF_TYPE[self.type](value):
            return value
        raise InputNotAllowed(input=self.label, value=to_json(value), reason="type", type=self.type)


@dataclass(frozen=True)
class Output:
    name: str
    label: str
    allowed: UnaryTests | None = None
    default: Expression | None = None


@dataclass(frozen=True)
class Row:
    """`tests` holds only the cells that say something: (column, test)."""

    number: int
    tests: tuple[tuple[int, UnaryTests], ...]
    results: tuple[Expression | None, ...]

    def fits(self, values: list[Any], context: Mapping[str, Any]) -> bool:
        return all(test.matches(values[column], context) for column, test in self.tests)


@dataclass(frozen=True)
class Table:
    hit_policy: str
    aggregation: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]

    def evaluate(self, context: Mapping[str, Any]) -> Any:
        values = [column.value(context) for column in self.inputs]
        fitting = (row for row in self.rows if row.fits(values, context))
        found = list(islice(fitting, 1) if self.hit_policy == "FIRST" else fitting)
        if not found and not self._may_be_empty:
            return self._default(context, values)
        return self._outcome([(row, self._result(row, context)) for row in found], values)

    @property
    def _may_be_empty(self) -> bool:
        return self.hit_policy in ("COLLECT", "RULE ORDER")

    def _outcome(self, found: list[tuple[Row, Any]], values: list[Any]) -> Any:
        results = [result for _, result in found]
        if self.hit_policy == "COLLECT" and self.aggregation:
            return _AGGREGATIONS[self.aggregation](results)
        if self._may_be_empty:
            return results
        if len(found) > 1 and (self.hit_policy != "ANY" or any(result != results[0] for result in results)):
            rules = [row.number for row, _ in found]
            raise RulesOverlap(rules=rules, inputs=self._seen(values), hit_policy=self.hit_policy)
        return results[0]

    def _default(self, context: Mapping[str, Any], values: list[Any]) -> Any:
        defaults = [output.default for output in self.outputs]
        if any(default is None for default in defaults):
            raise NoRuleMatched(inputs=self._seen(values))
        return self._named([default.evaluate(context) for default in defaults if default])

    def _result(self, row: Row, context: Mapping[str, Any]) -> Any:
        found = [None if result is None else result.evaluate(context) for result in row.results]
        for output, value in zip(self.outputs, found, strict=True):
            if output.allowed is not None and value is not None and not output.allowed.matches(value, context):
                raise OutputNotAllowed(output=output.label, rule=row.number, value=to_json(value))
        return self._named(found)

    def _named(self, values: list[Any]) -> Any:
        if len(values) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self.outputs, values, strict=True)}

    def _seen(self, values: list[Any]) -> dict[str, Any]:
        return {column.label: to_json(value) for column, value in zip(self.inputs, values, strict=True)}


@dataclass(frozen=True)
class Decision:
    """`requires` are decisions whose results this one may use, under their id and under their name."""

    id: str
    name: str
    body: Table | Expression
    requires: tuple["Decision", ...] = ()
    free_names: frozenset[str] = field(default_factory=frozenset)

    def evaluate(self, context: Mapping[str, Any]) -> Any:
        """The FEEL value: one output alone, several as a context. Raises the errors of this module."""
        inner = {**context}
        for required in self.requires:
            inner[required.id] = inner[required.name] = required.evaluate(context)
        try:
            return self.body.evaluate(inner)
        except DefinitionError as wrong:
            wrong.details.setdefault("decision", self.id)
            raise

    @property
    def output_names(self) -> tuple[str, ...]:
        """The entries of the result when it is a context, else nothing."""
        several = isinstance(self.body, Table) and len(self.body.outputs) > 1 and not self.body._may_be_empty
        return tuple(output.name for output in self.body.outputs) if several else ()  # type: ignore[union-attr]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


_IS_OF_TYPE: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    **dict.fromkeys(("number", "integer", "long", "double"), _is_number),
}


def _numbers(results: list[Any]) -> list[Any]:
    wrong = [result for result in results if not _is_number(result)]
    if wrong:
        raise OutputNotANumber(value=to_json(wrong[0]))
    return results


_AGGREGATIONS: Mapping[str, Callable[[list[Any]], Any]] = {
    "SUM": lambda results: sum(_numbers(results), Decimal(0)),
    "MIN": lambda results: min(_numbers(results), default=None),
    "MAX": lambda results: max(_numbers(results), default=None),
    "COUNT": lambda results: Decimal(len(results)),
}
AGGREGATIONS = frozenset(_AGGREGATIONS)
HIT_POLICIES = frozenset({"UNIQUE", "FIRST", "ANY", "RULE ORDER", "COLLECT"})

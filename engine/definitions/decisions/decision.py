"""Decisions with what they require: other decisions, input data and business knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions.decisions.item_types import ANY, ItemType, or_null
from engine.definitions.decisions.logic import BoxedContext, BoxedFunction, Logic, Names
from engine.definitions.decisions.table import Table
from engine.errors import DefinitionError
from engine.feel import FeelEvaluationError, Run

_MOST_CALLS = 60


@dataclass(frozen=True)
class InputData:
    """Something the case knows, under one of `names`; a value of another type counts as null."""

    names: tuple[str, ...]
    type: ItemType = ANY


@dataclass(frozen=True, eq=False)
class KnowledgeModel:
    """A function that decisions and other knowledge models may call by one of its names; it may call itself."""

    id: str
    names: tuple[str, ...]
    logic: BoxedFunction
    knows: tuple["KnowledgeModel", ...]
    free_names: frozenset[str]


@dataclass(frozen=True, eq=False)
class Decision:
    """`requires` are decisions whose results this one may use, under their id and under their names.

    `order` holds all decisions that are needed, each after those that it needs itself. `free_names` are the names of
    the case that this decision and those it needs use. `line` is its place in the file as it was handed in.
    """

    id: str
    name: str
    logic: Logic
    variable: str = ""
    type: ItemType = ANY
    requires: tuple["Decision", ...] = ()
    order: tuple["Decision", ...] = ()
    inputs: tuple[InputData, ...] = ()
    knows: tuple[KnowledgeModel, ...] = ()
    free_names: frozenset[str] = frozenset()
    line: int | None = None

    def evaluate(self, context: Mapping[str, Any]) -> Any:
        """The FEEL value: one output alone, several as a context.

        Each required decision is worked out once; together they may cost what one expression may. Raises
        FeelEvaluationError and the errors of decision tables, with the `decision` in which it went wrong.
        """
        return _Evaluation(context).result(self)

    @property
    def output_names(self) -> tuple[str, ...]:
        """The entries of the result when it is a context, else nothing."""
        if isinstance(self.logic, BoxedContext) and self.logic.result is None:
            return tuple(entry.name for entry in self.logic.entries)
        return self.logic.entries if isinstance(self.logic, Table) else ()


class _Evaluation:
    """One question to one decision."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = context
        self.run = Run(context)
        self.results: dict[str, Any] = {}
        self.functions: dict[str, Any] = {}

    def result(self, decision: Decision) -> Any:
        for needed in (*decision.order, decision):
            try:
                self.results[needed.id] = self._worked_out(needed)
            except (DefinitionError, FeelEvaluationError) as wrong:
                wrong.details.setdefault("decision", needed.id)
                raise
            except RecursionError as refusal:
                raise FeelEvaluationError("too_many_calls", limit=_MOST_CALLS) from refusal
        return self.results[decision.id]

    def _worked_out(self, decision: Decision) -> Any:
        own = self._known(decision.knows)
        for data in decision.inputs:
            own |= self._taken(data)
        for required in decision.requires:
            own |= dict.fromkeys((required.id, required.name, required.variable), self.results[required.id])
        value = decision.logic.work_out(Names(own, self.context), self.run)
        return or_null(decision.type.fitted(value, self.run))

    def _taken(self, data: InputData) -> dict[str, Any]:
        given = next((name for name in data.names if name in self.context), None)
        if given is None:
            return {}
        fitted = data.type.fitted(self.context[given], self.run, from_outside=True)
        return dict.fromkeys(data.names, or_null(fitted))

    def _known(self, models: tuple[KnowledgeModel, ...]) -> dict[str, Any]:
        return {name: self._function(model) for model in models for name in model.names}

    def _function(self, model: KnowledgeModel) -> Any:
        """What the function knows is added when it is there, so that it may know itself."""
        if model.id not in self.functions:
            own: dict[str, Any] = {}
            self.functions[model.id] = model.logic.work_out(Names(own, self.context), self.run)
            own |= self._known((model, *model.knows))
        return self.functions[model.id]

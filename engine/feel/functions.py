"""Functions that are not built in: written in an expression, or lent by the host."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import CALL_STEPS, MAX_CALL_DEPTH, Run
from engine.feel.signatures import BuiltIn
from engine.feel.syntax import Type
from engine.feel.types import MISFIT, coerced
from engine.feel.values import Function, normal


@dataclass(frozen=True)
class HostFunction(Function):
    """A Python function an expression may call; put it in the context under its name.

    It gets and gives FEEL values. Parameters for which `call` has a default may be left out.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", tuple(self.parameters))

    @cached_property
    def accepted(self) -> tuple[inspect.Parameter, ...]:
        """The parameters as Python knows them."""
        return tuple(inspect.signature(self.call).parameters.values())[: len(self.parameters)]

    @cached_property
    def required(self) -> int:
        """How many of the parameters must be given."""
        optional = sum(parameter.default is not inspect.Parameter.empty for parameter in self.accepted)
        return len(self.parameters) - optional

    def invoke(self, arguments: Sequence[object], names: Sequence[str] | None, run: Run) -> object:
        """Raises FeelEvaluationError when the arguments do not fit or the host refuses."""
        keywords = self._named(arguments, names)
        try:
            return normal(self.call(**keywords) if names else self.call(*arguments))
        except FeelEvaluationError:
            raise
        except Exception as refusal:
            cause = getattr(refusal, "code", type(refusal).__name__)
            raise FeelEvaluationError("host_function_failed", function=self.name, cause=cause) from refusal

    def _named(self, arguments: Sequence[object], names: Sequence[str] | None) -> dict[str, object]:
        """The arguments under the names that Python knows them by, checked for number and names."""
        unknown = [name for name in names or () if name not in self.parameters]
        if unknown or not self.required <= len(arguments) <= len(self.parameters):
            raise FeelEvaluationError("wrong_arguments", function=self.name, expected=", ".join(self.parameters))
        by_name = dict(zip(self.parameters, self.accepted, strict=False))
        return {by_name[name].name: value for name, value in zip(names or (), arguments, strict=False)}


class UserFunction(Function):
    """`function(x) x + 1`, with the scope it was written in."""

    __slots__ = ("body", "parameters", "types")

    def __init__(
        self,
        *,
        parameters: tuple[str, ...],
        types: tuple[Type | None, ...],
        body: Callable[[dict[str, object]], object],
    ) -> None:
        self.parameters = parameters
        self.types = types
        self.body = body

    def invoke(self, arguments: Sequence[object], names: Sequence[str] | None, run: Run) -> object:
        """Null when the arguments do not fit; in a call by name, what is left out is null."""
        values = self._bound(arguments, names, run)
        if values is None or any(value is MISFIT for value in values.values()):
            return None
        run.depth += 1
        if run.depth > MAX_CALL_DEPTH:
            raise FeelEvaluationError("too_many_calls", limit=MAX_CALL_DEPTH)
        result = self.body(values)
        run.depth -= 1
        return result

    def _bound(self, arguments: Sequence[object], names: Sequence[str] | None, run: Run) -> dict[str, object] | None:
        if names is None and len(arguments) != len(self.parameters):
            return None
        given = dict(zip(names or self.parameters, arguments, strict=True))
        if len(given) < len(arguments):
            return None
        if names is not None:
            if not given.keys() <= set(self.parameters):
                return None
            given = {name: given.get(name) for name in self.parameters}
        for name, wanted in zip(self.parameters, self.types, strict=True):
            if wanted:
                given[name] = coerced(given[name], wanted, run)
        return given


def invoke(function: object, arguments: Sequence[object], run: Run, names: Sequence[str] | None = None) -> object:
    """Call any function value; what is not a function gives null."""
    run.spend(CALL_STEPS)
    if isinstance(function, BuiltIn | UserFunction | HostFunction):
        return function.invoke(arguments, names, run)
    return None

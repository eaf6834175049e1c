"""Logic, and what Camunda adds to it."""

from engine.feel.errors import FeelEvaluationError
from engine.feel.signatures import builtin


@builtin("not(negand: any)")
def negate(negand: object) -> bool | None:
    return not negand if isinstance(negand, bool) else None


@builtin("is defined(value: any)")
def is_defined(value: object) -> bool:
    return value is not None


@builtin("get or else(value: any, default: any)")
def get_or_else(value: object, default: object) -> object:
    return default if value is None else value


@builtin("assert(value: any, condition: any, cause?: string)")
def check(value: object, condition: object, cause: str | None) -> object:
    """The value, if the condition is true. Raises FeelEvaluationError otherwise."""
    if condition is not True:
        raise FeelEvaluationError("assertion_failed", cause=cause or "assert")
    return value

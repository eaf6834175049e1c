"""FEEL values as JSON and back."""

from collections.abc import Mapping
from decimal import Decimal

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import MAX_RESULT
from engine.feel.temporal import text_of
from engine.feel.values import Range, kind_of, normal, number_text

_MAX_INTEGER_DIGITS = 60


class _Writer:
    """Counts what it writes: shared parts of a small value can unfold to a huge text."""

    def __init__(self) -> None:
        self.left = MAX_RESULT

    def write(self, value: object) -> object:
        self.left -= 1 + (len(value) // 64 if isinstance(value, str) else 0)
        if self.left < 0:
            raise FeelEvaluationError("result_too_large", limit=MAX_RESULT)
        if value is None or isinstance(value, bool | str | int):
            return value
        if isinstance(value, list | tuple):
            return [self.write(item) for item in value]
        if isinstance(value, Mapping):
            return {str(key): self.write(item) for key, item in value.items()}
        return _scalar(value)


def to_json(value: object) -> object:
    """Dates, times, durations and ranges become strings, whole numbers `int`, other numbers stay Decimal.

    Raises FeelEvaluationError for functions and for results that would be too large.
    """
    try:
        return _Writer().write(value)
    except RecursionError as refusal:
        raise FeelEvaluationError("result_too_large", limit=MAX_RESULT) from refusal


def _scalar(value: object) -> object:
    value = normal(value)
    if value is None:
        return None
    if isinstance(value, Decimal):
        is_whole = value.adjusted() < _MAX_INTEGER_DIGITS and value == value.to_integral_value()
        return int(value) if is_whole else value
    if isinstance(value, Range):
        return range_text(value)
    text = text_of(value)
    if text is None:
        raise FeelEvaluationError("not_json", kind=kind_of(value))
    return text


def range_text(value: Range) -> str:
    """A range in its own notation, e.g. `[1..5)`."""
    ends = [_bound_text(bound) for bound in (value.start, value.end)]
    return ("[" if value.start_included else "(") + "..".join(ends) + ("]" if value.end_included else ")")


def _bound_text(bound: object) -> str:
    if bound is None:
        return "null"
    if isinstance(bound, Decimal):
        return number_text(bound)
    if isinstance(bound, str):
        return '"' + bound.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = text_of(bound)
    return "null" if text is None else f'@"{text}"'


def from_json(value: object) -> object:
    """JSON values are FEEL values already; whole numbers become decimals when they are looked up."""
    return value

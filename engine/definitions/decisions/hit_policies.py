"""What a table answers when no row, one row or several rows fit (DMN 1.5, 8.2.11)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.definitions.decisions.errors import OutputNotANumber
from engine.feel import Run, compile_expression, to_json

_SAME = compile_expression("a = b")
_SUM, _MIN, _MAX = map(compile_expression, ("sum(list)", "min(list)", "max(list)"))


@dataclass(frozen=True)
class Hit:
    """A row that fits. `ranks` are the places of its values in the lists of output values, best first."""

    rule: int
    value: Any
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True)
class HitPolicy:
    """`is_list`: the table answers with all hits; `by_rank`: in the order of the output values."""

    name: str
    is_list: bool = False
    by_rank: bool = False
    stops_at_first: bool = False

    def may_be(self, hits: Sequence[Hit], run: Run) -> bool:
        """Whether the policy allows these hits together."""
        if self.name == "UNIQUE":
            return len(hits) <= 1
        return self.name != "ANY" or all(same(hit.value, hits[0].value, run) for hit in hits)

    def answer(self, hits: Sequence[Hit]) -> Any:
        """The value for at least one hit."""
        ordered = sorted(hits, key=lambda hit: hit.ranks) if self.by_rank else hits
        return [hit.value for hit in ordered] if self.is_list else ordered[0].value


HIT_POLICIES: Mapping[str, HitPolicy] = {
    policy.name: policy
    for policy in (
        HitPolicy("UNIQUE"),
        HitPolicy("FIRST", stops_at_first=True),
        HitPolicy("ANY"),
        HitPolicy("PRIORITY", by_rank=True),
        HitPolicy("COLLECT", is_list=True),
        HitPolicy("RULE ORDER", is_list=True),
        HitPolicy("OUTPUT ORDER", is_list=True, by_rank=True),
    )
}


def same(left: Any, right: Any, run: Run) -> bool:
    return _SAME.evaluate({"a": left, "b": right}, run=run) is True


def _summed(values: list[Any], run: Run) -> Any:
    return _numeric(_SUM, values, run) if values else Decimal(0)


def _numeric(function: Any, values: list[Any], run: Run) -> Any:
    """Null among the values, or values that have no common order, cannot be aggregated."""
    result = None if None in values else function.evaluate({"list": values}, run=run)
    if result is None:
        wrong = next(
            (value for value in values if isinstance(value, bool) or not isinstance(value, int | Decimal)), values[0]
        )
        raise OutputNotANumber(value=to_json(wrong))
    return result


AGGREGATIONS: Mapping[str, Callable[[list[Any], Run], Any]] = {
    "SUM": _summed,
    "MIN": lambda values, run: _numeric(_MIN, values, run) if values else None,
    "MAX": lambda values, run: _numeric(_MAX, values, run) if values else None,
    "COUNT": lambda values, _run: Decimal(len(values)),
}

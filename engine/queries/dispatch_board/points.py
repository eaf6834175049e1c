"""What enterprises said of the service, for the whole scheme: never by expert, by town or by request."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.queries.dispatch_board.recent import RecentRequest
from engine.queries.dispatch_board.scope import Board

FEWEST = 5
ASKED = ("speed", "skill", "manner")


@dataclass(frozen=True)
class Points:
    """Means of what was rated in the period; None where fewer than five did, so that nobody can be told from it."""

    enough: bool
    count: int | None
    means: dict[str, float | None]
    solved: int | None


def points(board: Board, found: Iterable[RecentRequest]) -> Points:
    """The same for every reader, so that two scopes cannot be subtracted from one another."""
    rated = [one.values for one in found if one.closed_at and one.closed_at >= board.since and _is_rated(one.values)]
    if len(rated) < FEWEST:
        return Points(enough=False, count=None, means=dict.fromkeys(ASKED), solved=None)
    said = [values["solved"] for values in rated if values.get("solved")]
    solved = round(100 * sum(one == "yes" for one in said) / len(said)) if len(said) >= FEWEST else None
    return Points(True, len(rated), {name: _mean([values.get(name) for values in rated]) for name in ASKED}, solved)


def _is_rated(values: Any) -> bool:
    return any(values.get(name) is not None for name in ASKED)


def _mean(given: list[Any]) -> float | None:
    numbers = [one for one in given if isinstance(one, int | Decimal)]
    return round(float(sum(numbers)) / len(numbers), 1) if len(numbers) >= FEWEST else None

"""Functions that make one value of a list: they take a list, or the elements one by one."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal, DecimalException, Overflow

from engine.feel import comparison
from engine.feel.errors import FeelEvaluationError
from engine.feel.signatures import builtin
from engine.feel.values import NUMBERS

Items = list[object]


def _of_list(name: str) -> Callable[[Callable[[Items], object]], Callable[[Items], object]]:
    return builtin(f"{name}(list: list)", f"{name}(...)")


def _of_numbers(name: str) -> Callable[[Callable[[list[Decimal]], object]], Callable[[Items], object]]:
    """Null for an empty list and for anything but numbers."""

    def register(work: Callable[[list[Decimal]], object]) -> Callable[[Items], object]:
        def work_out(items: Items) -> object:
            if not items or not all(isinstance(item, Decimal) for item in items):
                return None
            try:
                return work(items)
            except Overflow as refusal:
                raise FeelEvaluationError("number_too_large") from refusal
            except DecimalException:
                return None

        return _of_list(name)(work_out)

    return register


def _extreme(items: Items, wanted: int) -> object:
    if not items:
        return None
    best = items[0]
    for item in items:
        order = comparison.compare(item, best)
        if order is None:
            return None
        best = item if order == wanted else best
    return best


@_of_list("min")
def minimum(items: Items) -> object:
    return _extreme(items, -1)


@_of_list("max")
def maximum(items: Items) -> object:
    return _extreme(items, 1)


def _total(items: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for item in items:
        total = NUMBERS.add(total, item)
    return total


_of_numbers("sum")(_total)


@_of_numbers("product")
def product(items: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for item in items:
        result = NUMBERS.multiply(result, item)
    return result


@_of_numbers("mean")
def mean(items: list[Decimal]) -> Decimal:
    return NUMBERS.divide(_total(items), Decimal(len(items)))


@_of_numbers("median")
def median(items: list[Decimal]) -> Decimal:
    ordered, middle = sorted(items), len(items) // 2
    return ordered[middle] if len(items) % 2 else mean(ordered[middle - 1 : middle + 1])


@_of_numbers("stddev")
def standard_deviation(items: list[Decimal]) -> Decimal | None:
    """Of a sample: divided by one less than the number of elements."""
    if len(items) < 2:
        return None
    average = mean(items)
    deviations = [NUMBERS.subtract(item, average) for item in items]
    squares = _total([NUMBERS.multiply(deviation, deviation) for deviation in deviations])
    return NUMBERS.sqrt(NUMBERS.divide(squares, Decimal(len(items) - 1)))


@_of_list("mode")
def mode(items: Items) -> Items | None:
    """The most frequent numbers, from small to large."""
    if not all(isinstance(item, Decimal) for item in items):
        return None
    counts = Counter(items)
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)


def _combined(items: Items, *, decisive: bool) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    return (not decisive) if all(isinstance(item, bool) for item in items) else None


def _all(items: Items) -> bool | None:
    return _combined(items, decisive=False)


def _any(items: Items) -> bool | None:
    return _combined(items, decisive=True)


for _name, _work in (("all", _all), ("and", _all), ("any", _any), ("or", _any)):
    _of_list(_name)(_work)

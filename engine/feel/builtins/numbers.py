"""Numeric functions; results have up to 34 digits."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
    Overflow,
)

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import TRANSCENDENTAL_STEPS, Run
from engine.feel.signatures import builtin
from engine.feel.values import NUMBERS, whole

_LOWEST_SCALE, _HIGHEST_SCALE = -6111, 6176
_ROUNDERS = {
    mode: Context(prec=34, Emax=6144, Emin=-6143, rounding=mode)
    for mode in (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP)
}


def rounded(number: Decimal, scale: Decimal | None, mode: str) -> Decimal | None:
    """To `scale` digits after the point (before it, when negative)."""
    digits = 0 if scale is None else whole(scale)
    if digits is None or not _LOWEST_SCALE <= digits <= _HIGHEST_SCALE:
        return None
    if digits >= -number.as_tuple().exponent:
        return number
    try:
        found = number.quantize(Decimal((0, (1,), -digits)), rounding=mode, context=_ROUNDERS[mode])
        return NUMBERS.add(found, Decimal(0))  # -0 becomes 0
    except DecimalException:
        return None


def _rounding(name: str, mode: str, scale: str) -> None:
    @builtin(f"{name}(n: number, {scale}: number)")
    def round_number(number: Decimal, digits: Decimal | None) -> Decimal | None:
        return rounded(number, digits, mode)


for _name, _mode, _scale in (
    ("decimal", ROUND_HALF_EVEN, "scale"),
    ("floor", ROUND_FLOOR, "scale?"),
    ("ceiling", ROUND_CEILING, "scale?"),
    ("round up", ROUND_UP, "scale?"),
    ("round down", ROUND_DOWN, "scale?"),
    ("round half up", ROUND_HALF_UP, "scale?"),
    ("round half down", ROUND_HALF_DOWN, "scale?"),
):
    _rounding(_name, _mode, _scale)


def _worked_out(work: Callable[[], Decimal]) -> Decimal | None:
    try:
        return work()
    except Overflow as refusal:
        raise FeelEvaluationError("number_too_large") from refusal
    except DecimalException:
        return None


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder with the sign of the divisor."""

    def work() -> Decimal:
        rest = NUMBERS.remainder(dividend, divisor)
        return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest

    return _worked_out(work)


@builtin("sqrt(number: number)", with_run=True)
def square_root(run: Run, number: Decimal) -> Decimal | None:
    run.spend(TRANSCENDENTAL_STEPS)
    return _worked_out(lambda: NUMBERS.sqrt(number))


@builtin("log(number: number)", with_run=True)
def logarithm(run: Run, number: Decimal) -> Decimal | None:
    run.spend(TRANSCENDENTAL_STEPS)
    return _worked_out(lambda: NUMBERS.ln(number)) if number > 0 else None


@builtin("exp(number: number)", with_run=True)
def exponential(run: Run, number: Decimal) -> Decimal | None:
    run.spend(TRANSCENDENTAL_STEPS)
    return _worked_out(lambda: NUMBERS.exp(number))


@builtin("odd(number: number)")
def odd(number: Decimal) -> bool | None:
    return _parity(number, 1)


@builtin("even(number: number)")
def even(number: Decimal) -> bool | None:
    return _parity(number, 0)


def _parity(number: Decimal, wanted: int) -> bool | None:
    """Null for a fraction; a number with more than 34 digits before the point ends in zeros."""
    if number != number.to_integral_value():
        return None
    return _last_digit(number) % 2 == wanted


def _last_digit(number: Decimal) -> int:
    return 0 if number.as_tuple().exponent > 0 else int(number.to_integral_value().as_tuple().digits[-1])

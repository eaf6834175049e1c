"""The types of answers: strict, with limits of size. Each either gives a JSON value or says which flaw it has."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Context, Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields

from engine.definitions.form.problems import Flaw

CHINA = timezone(timedelta(hours=8))
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_LARGEST = 10**15
_MOST_DIGITS = 40
_MOST_DECIMALS = 10
_YEARS = range(1900, 2201)
_EXACT = Context(prec=60)


def fails(code: str, **params: Any) -> ValidationError:
    return ValidationError([Flaw(code, params)])


class Answer(fields.Field[Any]):
    """A value that may be left out or null; whether it must be there is decided later, by the data."""

    def __init__(self) -> None:
        super().__init__(allow_none=True)


class Anything(Answer):
    """A value that is only compared with what the system knows: read-only and computed fields."""


class PlainText(Answer):
    """Text without control characters and half characters; `limit` in characters."""

    def __init__(self, *, limit: int, one_line: bool) -> None:
        super().__init__()
        self.limit = limit
        self.one_line = one_line

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str | None:
        if not isinstance(value, str):
            raise fails("not_a_text")
        if len(value) > self.limit:
            raise fails("too_long", limit=self.limit)
        if _BAD.search(value):
            raise fails("bad_characters")
        if self.one_line and ("\n" in value or "\r" in value):
            raise fails("one_line_only")
        return value.strip() or None


class ExactNumber(Answer):
    """A decimal number, never a float; without decimals an int. `digits` after the point."""

    def __init__(self, *, digits: int | None) -> None:
        super().__init__()
        self.digits = _MOST_DECIMALS if digits is None else digits

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int | Decimal:
        number = _decimal(value)
        exact = number.quantize(Decimal(1).scaleb(-self.digits), context=_EXACT)
        if exact != number:
            raise fails("whole_number_only") if self.digits == 0 else fails("too_many_decimals", limit=self.digits)
        return int(exact) if self.digits == 0 else _short(exact)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fails("not_a_number")
    if isinstance(value, int):
        if abs(value) >= _LARGEST:
            raise fails("number_too_large")
        return Decimal(value)
    if not value.is_finite():
        raise fails("not_a_number")
    if value and value.adjusted() >= len(str(_LARGEST)) - 1:
        raise fails("number_too_large")
    if len(value.as_tuple().digits) > _MOST_DIGITS or value.as_tuple().exponent < -_MOST_DIGITS:
        raise fails("too_many_decimals", limit=_MOST_DECIMALS)
    return value


def _short(value: Decimal) -> Decimal:
    """Without zeros at the end and without an exponent: 1200.50 is 1200.5."""
    whole = value.to_integral_value(context=_EXACT)
    return whole if whole == value else value.normalize(context=_EXACT)


class Day(Answer):
    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _DATE.match(value):
            raise fails("not_a_date")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise fails("not_a_date") from None
        if day.year not in _YEARS:
            raise fails("not_a_date")
        return day.isoformat()


class TimeOfDay(Answer):
    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _TIME.match(value):
            raise fails("not_a_time")
        try:
            return time.fromisoformat(value).isoformat(timespec="seconds")
        except ValueError:
            raise fails("not_a_time") from None


class Moment(Answer):
    """Day and time; without an offset it is China's time, stored with +08:00."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _MOMENT.match(value):
            raise fails("not_a_moment")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise fails("not_a_moment") from None
        if moment.year not in _YEARS:
            raise fails("not_a_moment")
        moment = moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
        return moment.isoformat(timespec="seconds")


class Flag(Answer):
    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise fails("not_a_flag")
        return value


class Choice(Answer):
    """One of the options; whether it is among them is decided later. `written` are those in the form file, by text."""

    def __init__(self, *, written: Mapping[str, Any]) -> None:
        super().__init__()
        self.written = written

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        choice = one_choice(value)
        return self.written.get(str(choice), choice)


class Choices(Answer):
    """A list without repetitions."""

    def __init__(self, *, limit: int, written: Mapping[str, Any]) -> None:
        super().__init__()
        self.limit = limit
        self.written = written

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise fails("not_a_list")
        if len(value) > self.limit:
            raise fails("too_many_items", limit=self.limit)
        chosen = [choice for choice in (one_choice(item) for item in value) if choice is not None]
        if len({str(choice) for choice in chosen}) < len(chosen):
            raise fails("chosen_twice")
        return [self.written.get(str(choice), choice) for choice in chosen]


def one_choice(value: Any) -> Any:
    if isinstance(value, str):
        if len(value) > 500 or _BAD.search(value):
            raise fails("not_an_option")
        return value or None
    if isinstance(value, bool) or value is None:
        return value
    return _short(_decimal(value))


class Rows(Answer):
    """A list of objects of one shape; every row keeps its place even when it is wrong."""

    def __init__(self, *, shape: Schema, limit: int) -> None:
        super().__init__()
        self.shape = shape
        self.limit = limit

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise fails("not_a_list")
        if len(value) > self.limit:
            raise fails("too_many_rows", limit=self.limit)
        rows, flaws = [], {}
        for n, row in enumerate(value):
            try:
                rows.append(self.shape.load(row))
            except ValidationError as error:
                rows.append(error.valid_data if isinstance(row, Mapping) else {})
                flaws[n] = error.messages
        if flaws:
            raise ValidationError(flaws, valid_data=rows)
        return rows


class Part(Answer):
    """An object inside the answers: a group with a path."""

    def __init__(self, *, shape: Schema) -> None:
        super().__init__()
        self.shape = shape

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return self.shape.load(value)

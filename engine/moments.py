"""When a timer runs out: dates, durations and repetitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.calendar.deadline import TIME_ZONE
from engine.errors import DefinitionError, EngineError
from engine.feel import YearMonthDuration, compile_expression

SHORTEST_CYCLE = timedelta(minutes=1)
SOON_DAYS = 3  # from here on a clock is amber: what is told about it goes out at once


class TimerUnreadable(DefinitionError):
    """A timer gives neither a date nor a duration."""


class CycleUnreadable(DefinitionError):
    """A repetition is written `R3/PT10M` (three times) or `R/P1D` (for ever), at least a minute apart."""


@dataclass(frozen=True)
class Cycle:
    """`left` rounds, None for ever; `last` is when the round before was due."""

    every: timedelta | YearMonthDuration
    left: int | None
    last: datetime | None

    def next_due(self, *, now: datetime) -> datetime:
        """Rounds that nobody looked at in time are not made up for one by one."""
        due = moment_of(self.every, now=self.last or now)
        if due > now or self.last is None:
            return due
        if isinstance(self.every, timedelta):
            return due + self.every * ((now - due) // self.every + 1)
        while due <= now:
            due = moment_of(self.every, now=due)
        return due

    def told_next(self, due_at: datetime) -> dict[str, Any]:
        """What the round after this one has to know."""
        return {"left": None if self.left is None else self.left - 1, "last": due_at.isoformat()}


def read_cycle(text: Any, *, before: Mapping[str, Any]) -> Cycle:
    """`before` is what `told_next` said in the last round, or nothing. Raises CycleUnreadable."""
    times, slash, every = str(text).strip().partition("/")
    if not slash or times[:1] != "R" or not (times[1:].isdecimal() or times == "R"):
        raise CycleUnreadable(value=str(text)[:80])
    length = _length(every, text)
    rounds = int(times[1:]) if times != "R" else None
    if rounds == 0 or (isinstance(length, timedelta) and length < SHORTEST_CYCLE):
        raise CycleUnreadable(value=str(text)[:80])
    last = before.get("last")
    return Cycle(length, before["left"] if before else rounds, datetime.fromisoformat(last) if last else None)


def _length(every: str, text: Any) -> timedelta | YearMonthDuration:
    try:
        length = compile_expression("duration(written)").evaluate({"written": every})
    except EngineError:
        length = None
    is_forward = isinstance(length, timedelta) or (isinstance(length, YearMonthDuration) and length.months > 0)
    if not is_forward:
        raise CycleUnreadable(value=str(text)[:80])
    return length  # type: ignore[no-any-return]


def moment_of(value: Any, *, now: datetime) -> datetime:
    """The instant that a FEEL date, time or duration means; a date means its last second. Raises TimerUnreadable."""
    if isinstance(value, timedelta):
        return now + value
    if isinstance(value, YearMonthDuration):
        return compile_expression("start + length").evaluate({"start": now, "length": value})  # type: ignore[no-any-return]
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=TIME_ZONE)
    if isinstance(value, date):
        return datetime.combine(value, time(23, 59, 59), TIME_ZONE)
    raise TimerUnreadable(value=repr(value)[:80])


def written_moment(given: Any) -> datetime | None:
    """A time with offset, or with a zone as FEEL writes it (…T17:00:00@Asia/Shanghai); None for anything else."""
    text, _, zone = str(given).partition("@")
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment
    except (ValueError, ZoneInfoNotFoundError):
        return None
    return moment if moment.tzinfo is not None else None

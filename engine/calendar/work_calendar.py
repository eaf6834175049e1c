"""Which days are worked, holidays and 调休 included."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a listed day is; a day that is not listed is worked from Monday to Friday."""

    WORKDAY = "workday"  # a weekend day that is worked to make up for a day off (调休上班)
    HOLIDAY = "holiday"  # a statutory holiday (法定节假日) or a weekend day inside it
    DAY_OFF = "day_off"  # a weekday given free in exchange (调休放假), or a local closure


@dataclass(frozen=True)
class CalendarDay:
    """One exception to the weekday rule; `source` says who announced it."""

    day: date
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True)
class WorkCalendar:
    """The exceptions of one region; `official_years` are those whose holiday plan has been announced."""

    region: str
    days: Mapping[date, DayKind]
    official_years: frozenset[int]
    version: str

    @classmethod
    def of(cls, *, region: str, days: Iterable[CalendarDay], official_years: Iterable[int]) -> Self:
        """A calendar whose version is the hash of its content: the same days always give the same version."""
        kinds = {listed.day: DayKind(listed.kind) for listed in days}
        years = frozenset(official_years)
        lines = [region, " ".join(map(str, sorted(years))), *(f"{day} {kinds[day]}" for day in sorted(kinds))]
        return cls(region, kinds, years, hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])

    def is_workday(self, day: date) -> bool:
        kind = self.days.get(day)
        return day.weekday() < _SATURDAY if kind is None else kind == DayKind.WORKDAY

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, or before it when negative; `start` itself is never counted."""
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count_workdays(self, after: date, until: date) -> int:
        """How many working days there are after one day, up to another with it."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(map(self.is_workday, days))

    def next_workday(self, day: date) -> date:
        """`day` itself when it is worked, otherwise the first working day after it."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def is_provisional(self, first: date, last: date) -> bool:
        """True when a year between the two days, both included, has no announced holiday plan."""
        low, high = sorted((first.year, last.year))
        return any(year not in self.official_years for year in range(low, high + 1))

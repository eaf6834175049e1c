from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select

from engine.calendar.work_calendar import DayKind
from engine.catalogue import REGION
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.groups import ADMINISTRATORS
from engine.model import CalendarDay, CalendarYear, Clock
from engine.model.clock import ClockState
from engine.permissions import must_be_in
from engine.work import Work


class CalendarYearWrong(Rejected):
    """A day of the plan lies in another year or has an unknown kind."""


@dataclass(frozen=True, kw_only=True)
class LoadCalendarYear(Command[int]):
    """Replace the plan of holidays and make-up days of a year; gives the number of clocks to compute anew."""

    year: int
    days: Mapping[date, tuple[str, str]] = field(repr=False)
    source: str

    def execute(self, work: Work) -> int:
        must_be_in(work.actor, ADMINISTRATORS)
        kinds = {k.value for k in DayKind}
        wrong = [d for d, (kind, _) in self.days.items() if d.year != self.year or kind not in kinds]
        if wrong:
            raise CalendarYearWrong(problems=[Problem(path=str(d), code="not_an_option") for d in wrong])
        self._replace(work)
        work.catalogue.forget_calendar()
        work.record("calendar_loaded", details={"year": self.year, "days": len(self.days), "source": self.source})
        live = select(Clock.id).where(Clock.state.in_((ClockState.RUNNING, ClockState.PAUSED)), Clock.rule.is_not(None))
        clock_ids = list(work.session.scalars(live))
        for clock_id in clock_ids:
            work.enqueue("recompute_clock", {"clock_id": clock_id})
        return len(clock_ids)

    def _replace(self, work: Work) -> None:
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        old = delete(CalendarDay).where(CalendarDay.region == REGION, CalendarDay.day.between(first, last))
        work.session.execute(old)
        work.session.execute(delete(CalendarYear).where(CalendarYear.region == REGION, CalendarYear.year == self.year))
        work.session.add(CalendarYear(region=REGION, year=self.year, source=self.source))
        work.session.add_all(
            CalendarDay(region=REGION, day=day, kind=kind, name=name, source=self.source)
            for day, (kind, name) in self.days.items()
        )

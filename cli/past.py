"""Time before now, for stories that began long ago: an engine that lives behind the present one, and working hours."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from engine.actor import SYSTEM
from engine.calendar import WorkCalendar
from engine.commands.remind_clock import RemindClock
from engine.commands.resume_clock import ResumeClock
from engine.commands.send_jobs import SendJobs
from engine.context import CITY_TIME
from engine.engine import Engine
from engine.outbox.doing import do_job
from engine.queries.due import clocks_to_remind, clocks_to_resume, due_clocks
from services import SERVICES

MORNING, HOURS = 9, 8
MOST_CLOCKS = 10_000


class Past:
    """The engine of an earlier time over the same database. It only goes forward, until it has caught up.

    `clock` is the real time of the present engine. Nobody else should be at work meanwhile.
    """

    def __init__(self, present: Engine, *, clock: Callable[[], datetime], begins: datetime) -> None:
        self._present, self._behind = present, present.now() - begins
        self.fired = 0
        self.engine = engine_behind(present, clock=lambda: clock() - self._behind)
        self.engine.errands.update(present.errands)

    def go_to(self, moment: datetime) -> None:
        """Every deadline on the way is over at its own time."""
        for _ in range(MOST_CLOCKS):
            with self.engine.reading() as session:
                due = next(iter(due_clocks(session, now=moment, limit=1)), None)
            if due is None:
                break
            self._set(due[1])
            fired = self.engine.fire_due_clocks()
            self.fired += fired
            if not fired:
                break
            work_off(self.engine)
        self._set(moment)

    def catch_up(self) -> None:
        self.go_to(self._present.now())

    def _set(self, moment: datetime) -> None:
        self._behind = max(timedelta(0), self._behind - max(timedelta(0), moment - self.engine.now()))


def engine_behind(present: Engine, *, clock: Callable[[], datetime]) -> Engine:
    """Another engine over the same database, with a time of its own."""
    past = Engine(present.database, services=SERVICES, data_dir=present.data_dir, is_demo=True, clock=clock)
    past.catalogue = present.catalogue
    return past


def work_off(engine: Engine) -> None:
    """What a running application does in the background meanwhile: people are told when it happens, not today."""
    now = engine.now()
    with engine.reading() as session:
        resume = clocks_to_resume(session, today=now.astimezone(CITY_TIME).date(), limit=MOST_CLOCKS)
        remind = clocks_to_remind(session, now=now, limit=MOST_CLOCKS)
    for clock_id in resume:
        engine.run(ResumeClock(clock_id=clock_id), actor=SYSTEM)
    for clock_id in remind:
        engine.run(RemindClock(clock_id=clock_id), actor=SYSTEM)
    while jobs := engine.run(SendJobs(), actor=SYSTEM):
        for job_id in jobs:
            do_job(engine, job_id)


class WorkingHours:
    """Counts the time in which people work: hour 0 is the morning of the first day, `now` the last hour there is."""

    def __init__(self, calendar: WorkCalendar, *, now: datetime, days: int) -> None:
        self._now, today = now, now.astimezone(CITY_TIME).date()
        before = (today - timedelta(days=n) for n in range(1, days * 2))
        self._days = sorted([day for day in before if calendar.is_workday(day)][:days])
        self.now = float(HOURS * len(self._days))
        if calendar.is_workday(today):
            begun = now - datetime.combine(today, time(MORNING), CITY_TIME)
            self._days.append(today)
            self.now += min(max(begun / timedelta(hours=1), 0.0), float(HOURS))

    def moment(self, hour: float) -> datetime:
        """Never later than now; past the last hour of all it is now."""
        place = int(hour // HOURS)
        if place >= len(self._days):
            return self._now
        began = datetime.combine(self._days[place], time(MORNING), CITY_TIME)
        return min(began + timedelta(hours=hour % HOURS), self._now)

"""The State Council's published holiday plans, to fill the calendar table of a new installation."""

from datetime import date

from chinese_calendar import constants

from engine.calendar.work_calendar import CalendarDay, DayKind

SOURCE = "国务院办公厅节假日安排（chinesecalendar 1.11.0）"
_CHINESE = {holiday.value: holiday.chinese for holiday in constants.Holiday}
_SATURDAY = 5


def seed_days() -> list[CalendarDay]:
    """Every exception to the weekday rule and every holiday, in order of date; plain weekends are not listed."""
    worked = dict.fromkeys(constants.workdays, DayKind.WORKDAY)
    free = {day: _kind_of_free_day(day) for day in constants.holidays}
    names = constants.holidays | constants.workdays
    return [CalendarDay(day, kind, _name(names[day], kind), SOURCE) for day, kind in sorted((free | worked).items())]


def seed_years() -> frozenset[int]:
    """The years for which the package has the whole plan."""
    return frozenset(day.year for day in constants.holidays)


def _kind_of_free_day(day: date) -> DayKind:
    return DayKind.DAY_OFF if day in constants.in_lieu_days and day.weekday() < _SATURDAY else DayKind.HOLIDAY


def _name(holiday: str, kind: DayKind) -> str:
    chinese = _CHINESE.get(holiday, holiday)
    return {DayKind.WORKDAY: f"{chinese}调休上班", DayKind.DAY_OFF: f"{chinese}调休"}.get(kind, chinese)

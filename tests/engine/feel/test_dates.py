"""Dates, times, durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.feel import FeelEvaluationError, YearMonthDuration, compile_expression
from tests.engine.feel.cases import is_same, value

CONVERSIONS = [
    ('date("2024-02-29")', "2024-02-29"),
    ('date("2023-02-29")', None),
    ('date("2023-2-9")', None),
    ('date("2026-11-23T10:00:00")', None),
    ("date(2024, 2, 29)", "2024-02-29"),
    ("date(2023, 2, 29)", None),
    ('date(date and time("2026-11-23T10:00:00"))', "2026-11-23"),
    ('date and time("2026-11-23T09:00:00")', "2026-11-23T09:00:00"),
    ('date and time("2026-11-23")', "2026-11-23T00:00:00"),
    ('date and time("2026-11-23T09:00:00.5+08:00")', "2026-11-23T09:00:00.5+08:00"),
    ('date and time("2026-11-23T09:00:00Z")', "2026-11-23T09:00:00Z"),
    ('date and time("2026-11-23T09:00:00@Asia/Shanghai")', "2026-11-23T09:00:00@Asia/Shanghai"),
    ('date and time("2026-11-23T09:00:00@Mars/Base")', None),
    ('date and time(@"2026-11-23", @"09:00:00")', "2026-11-23T09:00:00"),
    ('date and time(@"2026-11-23T00:00:00Z", "Asia/Shanghai")', "2026-11-23T08:00:00@Asia/Shanghai"),
    ("date and time(2026, 11, 23, 9, 0, 0)", "2026-11-23T09:00:00"),
    ('time("09:30:00")', "09:30:00"),
    ('time("24:00:00")', None),
    ("time(9, 30, 0)", "09:30:00"),
    ('time(9, 30, 0, @"PT8H")', "09:30:00+08:00"),
    ('time(@"2026-11-23T09:30:00Z")', "09:30:00Z"),
    ('duration("PT36H")', "P1DT12H"),
    ('duration("P14M")', "P1Y2M"),
    ('duration("-P1DT0.5S")', "-P1DT0.5S"),
    ('duration("P0D")', "PT0S"),
    ('duration("P0Y")', "P0M"),
    ('duration("P1Y1D")', None),
    ('duration("P")', None),
    ('duration("PT")', None),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', "-P1Y8M"),
    ('string(@"2026-11-23")', "2026-11-23"),
    ('string(@"PT90M")', "PT1H30M"),
    ('number("1 000,5", " ", ",")', "1000.5"),
    ('number("1,000.5", ",", ".")', "1000.5"),
    ('number("1,000", ",", ",")', None),
    ('number("12.50")', "12.5"),
    ('number("一百")', None),
    ("string(1.50)", "1.5"),
    ("string(1000.00)", "1000"),
    ("string(1e10)", "10000000000"),
    ('string([1, "a", null, {b: true}])', '[1, "a", null, {b: true}]'),
    ("string(null)", None),
]

ARITHMETIC = [
    ('@"2026-01-31" + @"P1M"', "2026-02-28"),
    ('@"2024-02-29" + @"P1Y"', "2025-02-28"),
    ('@"2026-03-31" - @"P1M"', "2026-02-28"),
    ('@"P1M" + @"2026-01-31"', "2026-02-28"),
    ('@"2026-11-23" + @"P15D"', "2026-12-08"),
    ('@"2026-11-23" + @"PT36H"', "2026-11-24"),
    ('@"2026-11-23" - @"2026-11-01"', "P22D"),
    ('(@"2026-11-23" - @"2026-11-01").days', 22),
    ('@"2026-11-23T23:00:00" + @"PT2H"', "2026-11-24T01:00:00"),
    ('@"2026-11-23T23:00:00+08:00" + @"P1M"', "2026-12-23T23:00:00+08:00"),
    ('@"2026-11-23T09:00:00" - @"2026-11-23T08:30:00"', "PT30M"),
    ('@"2026-11-23T09:00:00+08:00" - @"2026-11-23T00:30:00Z"', "PT30M"),
    ('@"2026-11-23T09:00:00" - @"2026-11-23T00:30:00Z"', None),
    ('@"23:30:00" + @"PT1H"', "00:30:00"),
    ('@"10:00:00" - @"09:00:00"', "PT1H"),
    ('@"P1D" + @"PT1H"', "P1DT1H"),
    ('@"P1Y" - @"P1M"', "P11M"),
    ('@"P1D" * 2.5', "P2DT12H"),
    ('2 * @"P1Y"', "P2Y"),
    ('@"P1D" / 2', "PT12H"),
    ('@"P1D" / @"PT6H"', 4),
    ('@"P1Y" / @"P1M"', 12),
    ('@"P1D" / 0', None),
    ('-@"P1D"', "-P1D"),
    ('-@"P1Y"', "-P1Y"),
    ('abs(@"-P1Y")', "P1Y"),
    ('@"P1D" + @"P1Y"', None),
    ('@"2026-11-23" + 1', None),
    ('@"9999-12-31" + @"P1D"', None),
    ('@"2026-11-23" + @"P9999Y"', None),
]

COMPARISON = [
    ('@"2026-11-23" < @"2026-11-24"', True),
    ('@"2026-11-23" = @"2026-11-23T00:00:00"', None),
    ('@"2026-11-23T09:00:00+08:00" = @"2026-11-23T01:00:00Z"', True),
    ('@"2026-11-23T01:00:00" = @"2026-11-23T01:00:00Z"', False),
    ('@"2026-11-23T09:00:00" < @"2026-11-23T09:00:01+08:00"', True),
    ('@"2026-11-23T09:00:00" <= @"2026-11-23T09:00:00+08:00"', True),
    ('@"10:30:00@Europe/Paris" = @"10:30:00"', False),
    ('@"10:30:00Z" = @"10:30:00+00:00"', True),
    ('@"23:59:00z" + @"PT2M"', "00:01:00Z"),
    ('time(@"2026-11-23")', "00:00:00Z"),
    ('@"09:00:00" > @"08:59:59"', True),
    ('@"PT60M" = @"PT1H"', True),
    ('@"P1Y" > @"P11M"', True),
    ('@"P1Y" > @"P1D"', None),
    ('@"2026-11-23" between @"2026-11-01" and @"2026-11-30"', True),
    ('@"2026-11-23" in [@"2026-11-01"..@"2026-11-30"]', True),
    ('is(@"2026-11-23T09:00:00+08:00", @"2026-11-23T01:00:00Z")', False),
    ('is(@"2026-11-23", @"2026-11-23")', True),
]

PARTS = [
    ('@"2026-11-23".year', 2026),
    ('@"2026-11-23".weekday', 1),
    ('@"2026-11-23T09:30:15".minute', 30),
    ('@"2026-11-23T09:30:15+08:00".time offset', "PT8H"),
    ('@"2026-11-23T09:30:15@Asia/Shanghai".timezone', "Asia/Shanghai"),
    ('@"09:30:15".time offset', None),
    ('@"09:30:15.25".second', "15.25"),
    ('@"-PT1M1.5S".seconds', "-1.5"),
    ('is(@"23:00:50z", @"23:00:50")', False),
    ('is(@"23:00:50z", @"23:00:50+00:00")', True),
    ('is(@"10:00:00@Asia/Shanghai", @"10:00:00")', False),
    ('@"-P1DT2H3M4S".hours', -2),
    ('@"P1Y2M".months', 2),
    ('@"-P1Y2M".years', -1),
    ('@"P1D".years', None),
    ('day of week(@"2026-11-23")', "Monday"),
    ('day of year(@"2026-11-23")', 327),
    ('month of year(@"2026-11-23")', "November"),
    ('week of year(@"2026-01-01")', 1),
    ('week of year(@"2027-01-01")', 53),
    ('last day of month(@"2024-02-03")', "2024-02-29"),
]


@pytest.mark.parametrize(("expression", "wanted"), [*CONVERSIONS, *ARITHMETIC, *COMPARISON, *PARTS])
def test_dates_and_durations_follow_the_standard(expression: str, wanted: object) -> None:
    assert is_same(value(expression), wanted), value(expression)


def test_today_and_now_are_what_the_context_says() -> None:
    now = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)

    assert compile_expression("today()").evaluate({"今天": date(2026, 11, 23)}) == date(2026, 11, 23)
    assert compile_expression("now()").evaluate({"现在": now}) == now
    assert compile_expression("today() = 今天 and now() = 现在").evaluate({"今天": now.date(), "现在": now}) is True


def test_today_is_the_day_in_shanghai_when_only_now_is_given() -> None:
    late = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)

    assert compile_expression("today()").evaluate({"现在": late}) == date(2026, 11, 23)


def test_now_without_a_zone_is_shanghai_time() -> None:
    assert value("now()", 现在="2026-11-23T09:30:00") == "2026-11-23T09:30:00@Asia/Shanghai"


@pytest.mark.parametrize("expression", ["today()", "now()"])
def test_without_a_clock_in_the_context_there_is_no_today(expression: str) -> None:
    with pytest.raises(FeelEvaluationError) as refusal:
        compile_expression(expression).evaluate({})

    assert refusal.value.reason == "clock_missing"


def test_python_dates_and_durations_come_in_as_they_are() -> None:
    context = {"签署日": date(2026, 11, 23), "期": timedelta(days=15), "年": YearMonthDuration(12)}

    assert value("[签署日 + 期, 签署日 + 年]", **context) == ["2026-12-08", "2027-11-23"]

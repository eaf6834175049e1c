"""Days and times in words: whatever form they have in a case, and in the time of the city."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.date_words import date_functions
from engine.feel import FeelEvaluationError, compile_expression

NAMES = {name: function() for name, function in date_functions().items()}


def _said(expression: str, **names: Any) -> Any:
    return compile_expression(expression).evaluate({**NAMES, **names})


@pytest.mark.parametrize(
    ("value", "day", "moment"),
    [
        (None, "", ""),
        (date(2026, 3, 4), "2026年3月4日", "2026年3月4日"),
        ("2026-03-04", "2026年3月4日", "2026年3月4日"),
        (datetime(2026, 3, 4, 22, 5, tzinfo=UTC), "2026年3月5日", "2026年3月5日06:05"),
        ("2026-03-04T09:30:00+08:00", "2026年3月4日", "2026年3月4日09:30"),
        ("2026-03-04T09:30:00@Asia/Shanghai", "2026年3月4日", "2026年3月4日09:30"),
        ("2026-03-04T09:30", "2026年3月4日", "2026年3月4日09:30"),
    ],
)
def test_every_form_of_a_date_reads_alike(value: Any, day: str, moment: str) -> None:
    assert _said("日期(x)", x=value) == day
    assert _said("时刻(x)", x=value) == moment


def test_what_is_no_date_is_an_error_and_not_a_text() -> None:
    for expression in ('日期("soon")', "日期(7)", "时刻(true)"):
        with pytest.raises(FeelEvaluationError):
            _said(expression)

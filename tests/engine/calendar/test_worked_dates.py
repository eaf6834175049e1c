"""The worked dates of the settings table, first on a calendar without holidays, then on the real one of 2026."""

import pytest

from engine.calendar import Deadline, compute_deadline
from tests.engine.calendar.calendars import CHINA, PLAIN, clock, day, yongkang

YONGKANG = yongkang()


def _deadline(rule: str, start: str, calendar=PLAIN) -> Deadline:
    return compute_deadline(YONGKANG.clock(rule), day(start), calendar)


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        ("offer_reply", "2026-03-02", "2026-03-16"),
        ("pre_meeting_notice", "2026-04-20", "2026-04-13"),
        ("draft_to_congress", "2026-04-22", "2026-05-13"),
        ("filing", "2026-05-13", "2026-05-25"),
        ("review", "2026-05-19", "2026-06-03"),
        ("publish", "2026-06-04", "2026-06-09"),
        ("renewal_window", "2027-05-31", "2027-03-02"),
    ],
)
def test_a_worked_date_without_holidays(rule: str, start: str, due: str) -> None:
    assert _deadline(rule, start).due_on == day(due)


def test_both_limits_of_the_reply_are_shown() -> None:
    twenty_days = compute_deadline(clock((20, "calendar_day")), day("2026-03-02"), PLAIN)

    assert twenty_days.due_on == day("2026-03-22")
    assert _deadline("offer_reply", "2026-03-02").candidates == (
        ("10 个工作日", day("2026-03-16")),
        ("20 日", day("2026-03-23")),
    )


def test_both_limits_of_the_publication_are_shown() -> None:
    assert _deadline("publish", "2026-06-04").candidates == (
        ("5 个工作日", day("2026-06-11")),
        ("5 日", day("2026-06-09")),
    )


def test_the_earlier_filing_target_is_a_reminder() -> None:
    assert day("2026-05-20") in _deadline("filing", "2026-05-13").reminders


def test_the_legal_filing_day_is_moved_from_saturday_to_monday_and_says_so() -> None:
    filing = _deadline("filing", "2026-05-13")

    assert filing.formula == "双方首席代表签字次日起 10 日：2026-05-25（2026-05-23 逢休息日顺延）"
    assert filing.formula_en.endswith("2026-05-25 (moved on from 2026-05-23, not a working day)")


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        ("offer_reply", "2026-03-02", "2026-03-16"),
        ("draft_to_congress", "2026-04-22", "2026-05-15"),
        ("filing", "2026-04-22", "2026-05-06"),
        ("review", "2026-09-17", "2026-10-08"),
        ("publish", "2026-09-28", "2026-10-08"),
        ("revote", "2026-05-06", "2026-05-12"),
    ],
)
def test_a_worked_date_with_the_holidays_of_2026(rule: str, start: str, due: str) -> None:
    assert _deadline(rule, start, CHINA).due_on == day(due)


def test_before_spring_festival_ten_working_days_are_later_than_twenty_days() -> None:
    reply = _deadline("offer_reply", "2026-02-06", CHINA)

    assert reply.candidates == (("10 个工作日", day("2026-02-27")), ("20 日", day("2026-02-26")))
    assert reply.due_on == day("2026-02-26")
    assert reply.formula == "收到要约次日起 10 个工作日与 20 日，取较早：2026-02-26"
    assert not reply.provisional


def test_a_deadline_in_a_year_without_a_plan_is_provisional() -> None:
    assert _deadline("offer_reply", "2026-12-28", CHINA).provisional
    assert not _deadline("offer_reply", "2026-12-01", CHINA).provisional


def test_the_article_of_every_limit_is_shown() -> None:
    reply = _deadline("offer_reply", "2026-03-02")

    assert reply.article == "《浙江省集体合同条例》第七条；《集体合同规定》第三十二条"


def test_an_internal_target_has_no_article() -> None:
    assert _deadline("bargaining_soft_target", "2026-03-02").article is None

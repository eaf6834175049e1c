"""The rule files of Yongkang: complete, founded, and never more certain than their sources."""

from datetime import date, datetime

import pytest

from engine.calendar import Mark, Unit, compute_deadline
from tests.engine.calendar.calendars import CHINA, day, yongkang

PACK = yongkang()
TODAY = day("2026-11-23")
NUMBERS = {
    "offer_reply_workdays": 10,
    "offer_reply_calendar_days": 20,
    "reps_min": 3,
    "reps_min_above_scale": 5,
    "reps_balance": "equal",
    "reps_max": 10,
    "rep_vacancy_fill_days": 15,
    "rep_publish_workdays": 5,
    "pre_meeting_notice_days": 7,
    "suspension_max_days_total": 60,
    "suspension_requires": "both",
    "bargaining_soft_target_days": 60,
    "draft_to_congress_workdays": 15,
    "revote_workdays": 5,
    "filing_days": 10,
    "filing_target_days": 7,
    "filing_copies": 5,
    "filing_completion_days": 7,
    "review_days": 15,
    "publish_workdays": 5,
    "publish_calendar_days": 5,
    "rescission_record_workdays": 5,
    "renewal_window_days": 90,
    "contract_term_months": 12,
    "dispute_days": 30,
    "dispute_extension_days": 15,
    "union_opinion_reply_workdays": 15,
    "annual_report_min": 1,
    "side_consent_workdays": 3,
    "dispute_accept_workdays": 5,
    "assembly_staff_below": 100,
    "congress_reps_min": 30,
    "recommendation_notice_workdays": 3,
    "change_reply_days": 7,
    "rectification_days": 30,
    "penalty_feedback_workdays": 20,
    "supervision_inspection_months": 12,
    "allowance_check_workdays": 5,
    "allowance_objection_workdays": 5,
    "mentor_apprentices_max": 2,
    "survey_min_cell": 5,
    "dispatch_waiting_max_workdays": 10,
    "dispatch_redispatch_max": 2,
    "expert_warning_days": 60,
}
CLOCKS = {
    "offer_reply": [(10, Unit.WORKDAY), (20, Unit.CALENDAR_DAY)],
    "pre_meeting_notice": [(-7, Unit.CALENDAR_DAY)],
    "rep_vacancy_fill": [(15, Unit.CALENDAR_DAY)],
    "rep_publish": [(5, Unit.WORKDAY)],
    "draft_to_congress": [(15, Unit.WORKDAY)],
    "ballot_closing": [(1, Unit.WORKDAY)],
    "revote": [(5, Unit.WORKDAY)],
    "filing": [(10, Unit.CALENDAR_DAY)],
    "filing_completion": [(7, Unit.CALENDAR_DAY)],
    "review": [(15, Unit.CALENDAR_DAY)],
    "publish": [(5, Unit.WORKDAY), (5, Unit.CALENDAR_DAY)],
    "rescission_record": [(5, Unit.WORKDAY)],
    "renewal_window": [(-90, Unit.CALENDAR_DAY)],
    "annual_report": [(12, Unit.MONTH)],
    "union_opinion_reply": [(15, Unit.WORKDAY)],
    "dispute": [(30, Unit.CALENDAR_DAY)],
    "suspension": [(60, Unit.CALENDAR_DAY)],
    "bargaining_soft_target": [(60, Unit.CALENDAR_DAY)],
    "side_consent": [(3, Unit.WORKDAY)],
    "dispute_accept": [(5, Unit.WORKDAY)],
    "dispute_extended": [(15, Unit.CALENDAR_DAY)],
    "change_reply": [(7, Unit.CALENDAR_DAY)],
    "supervision_inspection": [(12, Unit.MONTH)],
    "allowance_objection": [(5, Unit.WORKDAY)],
    "penalty_feedback": [(20, Unit.WORKDAY)],
    "dispatch_acceptance": [(1, Unit.WORKDAY)],
    "dispatch_triage": [(1, Unit.WORKDAY)],
    "dispatch_answer": [(1, Unit.WORKDAY)],
    "dispatch_contact": [(1, Unit.WORKDAY)],
    "dispatch_urgent_contact": [(2, Unit.HOUR)],
    "dispatch_visit": [(5, Unit.WORKDAY)],
    "dispatch_team_visit": [(7, Unit.WORKDAY)],
    "dispatch_advice": [(3, Unit.WORKDAY)],
    "dispatch_closing": [(15, Unit.WORKDAY)],
    "dispatch_simple": [(3, Unit.WORKDAY)],
    "dispatch_evaluation": [(3, Unit.WORKDAY)],
    "dispatch_callback": [(1, Unit.WORKDAY)],
    "dispatch_rework": [(3, Unit.WORKDAY)],
    "dispatch_department": [(7, Unit.WORKDAY)],
    "dispatch_escalation": [(2, Unit.WORKDAY)],
}
PROPOSALS = {"reps_max", "rep_publish_workdays", "bargaining_soft_target_days", "filing_completion_days"}


@pytest.mark.parametrize(("key", "value"), NUMBERS.items())
def test_a_setting_has_its_value(key: str, value: object) -> None:
    assert PACK.setting(key, TODAY) == value


@pytest.mark.parametrize(
    ("key", "numerator", "denominator", "inclusive"),
    [
        ("congress_quorum", 2, 3, True),
        ("congress_pass", 1, 2, False),
        ("congress_pass_regional", 1, 2, True),
        ("external_expert_max_fraction", 1, 3, True),
    ],
)
def test_a_ratio_is_two_whole_numbers(key: str, numerator: int, denominator: int, inclusive: bool) -> None:
    ratio = PACK.setting(key, TODAY)

    assert (ratio["numerator"], ratio["denominator"], ratio["inclusive"]) == (numerator, denominator, inclusive)


@pytest.mark.parametrize("key", sorted(PROPOSALS))
def test_our_own_targets_are_marked_as_such(key: str) -> None:
    found = PACK.describe(key)

    assert (found.mark, found.article) == (Mark.PROPOSAL, None)
    assert found.mark.zh == "内部目标"


@pytest.mark.parametrize("key", PACK.settings)
def test_only_what_was_read_in_the_law_names_an_article(key: str) -> None:
    for found in PACK.settings[key].dated:
        assert (found.article is not None) == (found.mark == Mark.VERIFIED)


def test_the_clocks_are_these() -> None:
    found = {key: [(limit.amount, limit.unit) for limit in rule.limits] for key, rule in PACK.clocks.items()}

    assert found == CLOCKS


@pytest.mark.parametrize("rule_id", CLOCKS)
def test_a_clock_says_its_article_or_that_it_is_no_law(rule_id: str) -> None:
    rule = PACK.clock(rule_id)

    assert (rule.article is None) == all(limit.mark != Mark.VERIFIED for limit in rule.limits)
    assert {len(rule.name), len(rule.effect), len(rule.counts_from)} == {2}


def test_a_clock_is_as_weak_as_its_weakest_limit() -> None:
    assert PACK.clock("publish").mark == Mark.VERIFIED_2
    assert [limit.article is None for limit in PACK.clock("publish").limits] == [False, True]


def test_silence_takes_effect_when_the_review_ends() -> None:
    assert PACK.clock("review").effect["zh"] == "期满无异议即行生效"


def test_a_pause_is_capped_by_the_longest_suspension() -> None:
    pausable = {
        key: (rule.max_pause.amount, rule.max_pause.unit)
        for key, rule in PACK.clocks.items()
        if rule.pausable and rule.max_pause
    }

    waiting = dict.fromkeys(
        ("dispatch_visit", "dispatch_team_visit", "dispatch_advice", "dispatch_closing"), (10, Unit.WORKDAY)
    )
    assert pausable == {"bargaining_soft_target": (60, Unit.CALENDAR_DAY), **waiting}


def test_an_urgent_request_is_taken_up_within_two_hours_of_day_or_night() -> None:
    dispatched = datetime.fromisoformat("2026-03-06T23:30:00+08:00")
    found = compute_deadline(PACK.clock("dispatch_urgent_contact"), dispatched, CHINA)

    assert (found.due_at.isoformat(), found.article) == ("2026-03-07T01:30:00+08:00", None)
    assert PACK.clock("dispatch_urgent_contact").mark == Mark.PROPOSAL


def test_the_dispute_may_be_extended_by_fifteen_days() -> None:
    extended = compute_deadline(PACK.clock("dispute"), day("2026-03-02"), CHINA, extended_by=15)

    assert extended.candidates == (("30 日", day("2026-04-16")),)


@pytest.mark.parametrize(
    ("on", "wage", "mark"), [("2024-01-01", 2260, Mark.FROM_MEMORY), ("2026-06-01", 2430, Mark.FROM_MEMORY)]
)
def test_the_minimum_wage_of_the_city_is_dated_and_unconfirmed(on: str, wage: int, mark: Mark) -> None:
    found = PACK.describe("minimum_wage_month", day(on))

    assert (found.value, found.mark, found.article) == (wage, mark, None)


def test_of_the_provincial_tiers_only_those_of_2024_are_verified() -> None:
    dated = PACK.settings["minimum_wage_tiers_month"].dated

    assert [(found.valid_from, found.mark) for found in dated] == [
        (date(2024, 1, 1), Mark.VERIFIED),
        (date(2026, 1, 1), Mark.FROM_MEMORY),
    ]
    assert dated[0].value == [2490, 2260, 2010]
    assert PACK.setting("minimum_wage_tiers_hour", TODAY) == [24, 22, 20]

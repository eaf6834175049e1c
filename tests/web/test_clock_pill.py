"""A deadline in one word, never by colour alone, with its basis behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.queries.rows import ClockRow
from tests.web.conftest import Visit
from web.clock_pill import clock_pill

CLOCK = ClockRow(
    id="c", case_id="k", element_id="e", task_id=None, rule="offer_reply", name="要约答复", name_en="Reply",
    state="running", started_on=date(2026, 3, 2), due_on=date(2026, 3, 16),
    due_at=datetime(2026, 3, 16, 15, 59, 59, tzinfo=UTC), article="《浙江省集体合同条例》第七条",
    formula="次日起 10 个工作日",
    formula_en="10 working days", effect="提醒企业", effect_en="the enterprise is reminded", mark=None,
    provisional=False, paused_until=None, paused_reason=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "tone", "text"),
    [
        (CLOCK, "ok", "剩 14 日"),
        (replace(CLOCK, due_on=date(2026, 3, 5)), "soon", "剩 3 日"),
        (replace(CLOCK, due_on=date(2026, 3, 2)), "soon", "今日到期"),
        (replace(CLOCK, due_on=date(2026, 3, 1)), "late", "逾期 1 日"),
        (replace(CLOCK, state="paused", paused_reason="等待资料"), "paused", "暂停"),
        (replace(CLOCK, state="met"), "done", "已按期"),
        (replace(CLOCK, state="fired"), "late", "已届满"),
    ],
)
def test_a_pill_says_how_much_time_is_left(visit: Visit, clock: ClockRow, tone: str, text: str) -> None:
    with visit(None).client.application.test_request_context("/"):
        pill = clock_pill(clock)

    assert pill is not None
    assert (pill.tone, pill.text) == (tone, text)
    assert pill.icon


def test_behind_the_pill_stand_article_formula_and_effect(visit: Visit) -> None:
    with visit(None).client.application.test_request_context("/"):
        pill = clock_pill(replace(CLOCK, provisional=True))

    assert pill is not None
    facts = dict(pill.facts)
    assert facts["依据"] == "《浙江省集体合同条例》第七条"
    assert facts["算法"] == "次日起 10 个工作日"
    assert "暂定" in facts["截止"]


def test_a_number_that_is_not_verified_law_is_called_an_internal_target(visit: Visit) -> None:
    with visit(None).client.application.test_request_context("/"):
        pill = clock_pill(replace(CLOCK, article=None, mark="PROPOSAL"))

    assert pill is not None
    assert dict(pill.facts)["依据"] == "内部目标"


def test_a_clock_that_ran_out_counts_on_for_a_task_that_is_still_open(visit: Visit) -> None:
    with visit(None).client.application.test_request_context("/"):
        pill = clock_pill(replace(CLOCK, state="fired", due_on=date(2026, 2, 27)), CLOCK.due_at)

    assert pill is not None
    assert pill.text == "逾期 3 日"


def test_without_clock_and_due_date_there_is_no_pill(visit: Visit) -> None:
    with visit(None).client.application.test_request_context("/"):
        assert clock_pill(None, None) is None

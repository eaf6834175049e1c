from datetime import date
from decimal import Decimal

import pytest

from engine.services import ServiceRefused
from services.clocks import extend, pause, resume
from tests.services.call import RecordedCall


def call(**inputs: object) -> RecordedCall:
    made = RecordedCall(inputs)
    made.running = {"bargaining_soft_target", "dispute"}
    return made


def test_the_clocks_of_the_rules_stand_still_until_the_day() -> None:
    pausing = call(rules=["bargaining_soft_target", "revote"], until="2026-04-01", reason="双方同意")

    assert pause(pausing) == {"paused": ["bargaining_soft_target"], "moved": []}
    assert pausing.paused == {"bargaining_soft_target": (date(2026, 4, 1), "双方同意")}
    assert pausing.running == {"dispute"}


def test_one_rule_may_be_named_without_a_list() -> None:
    assert pause(call(rules="dispute", until="2026-04-01"))["paused"] == ["dispute"]


def test_a_notice_before_a_meeting_moves_with_the_meeting() -> None:
    pausing = call(until="2026-04-01", restart={"pre_meeting_notice": "2026-04-01T14:00:00+08:00"})

    assert pause(pausing) == {"paused": [], "moved": ["pre_meeting_notice"]}
    assert pausing.restarted == {"pre_meeting_notice": date(2026, 4, 1)}


def test_what_stood_still_runs_again() -> None:
    both = call(rules=["dispute"], until="2026-04-01")
    pause(both)

    assert resume(both) == {"resumed": ["dispute"], "moved": [], "paused_workdays": 4}
    assert (both.paused, "dispute" in both.running) == ({}, True)


@pytest.mark.parametrize("until", [None, "", "不久", "2026-13-01"])
def test_a_pause_needs_its_last_day(until: object) -> None:
    with pytest.raises(ServiceRefused) as refused:
        pause(call(rules=["dispute"], until=until))

    assert [(p.path, p.code) for p in refused.value.problems] == [("until", "not_a_date")]


def test_an_end_is_put_off_with_its_reason() -> None:
    extending = call(rule="dispute", by=5, reason="等材料")

    assert extend(extending) == {"due_on": "2026-04-01"}
    assert extending.extended == [("dispute", 5, "等材料")]


def test_what_does_not_run_is_not_put_off() -> None:
    assert extend(call(rule="revote", by=Decimal(5))) == {"due_on": None}


@pytest.mark.parametrize("by", [None, "5", True, Decimal("1.5")])
def test_it_is_put_off_by_a_whole_number_of_days(by: object) -> None:
    with pytest.raises(ServiceRefused) as refused:
        extend(call(rule="dispute", by=by))

    assert [(p.path, p.code) for p in refused.value.problems] == [("by", "not_a_number")]

"""Rules of 五师助企 at their edges: when an extension may be asked, who calls back, what needs consent."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.grant_membership import GrantMembership
from engine.definitions.form import AnswersRejected
from engine.model import Answer, Clock, ProcessInstance
from engine.model.task_refusals import FourEyes, NotOfferedNow
from engine.queries.task_file import task_file
from tests.offered_requests import do, example, offered_request
from tests.registry import id_of
from tests.requests_for_experts import Requests, requests_city

__all__ = ["requests_city"]
ASK = {"initiate": "extension_asked", "as": "lawyer1", "answers_from": "extension_request.valid"}
GRANT = {"task": "decide_extension", "as": "federation", "answers_from": "extension_decision.valid"}


@pytest.fixture
def asked(requests_city) -> Requests:
    return Requests(requests_city)


def closing(asked: Requests, case_id: str) -> Clock:
    (clock,) = asked.city.rows(Clock, Clock.case_id == case_id, Clock.rule == "dispatch_closing")
    return clock


def variables(asked: Requests, case_id: str) -> dict[str, Any]:
    (instance,) = asked.city.rows(ProcessInstance, ProcessInstance.case_id == case_id)
    return dict(instance.variables)


def go_to(asked: Requests, case_id: str, day: date) -> None:
    today = asked.city.engine.now().date()
    asked.do("single_satisfied", case_id, advance=f"P{(day - today).days}D")


def ask(asked: Requests, case_id: str) -> None:
    asked.do("extension", case_id, **ASK)


def must_be_refused(asked: Requests, case_id: str) -> None:
    """Also for who sends it without having been offered it."""
    task = asked.city.task_at(case_id, "extension_asked")
    with pytest.raises(NotOfferedNow):
        asked.city.run(CompleteTask(task_id=task.id, answers=example("extension_request.valid")), by="lawyer1")


def due_on(asked: Requests, case_id: str) -> date:
    return date.fromisoformat(str(variables(asked, case_id)["closing_due"]["due_on"]))


@pytest.fixture
def visiting(asked: Requests) -> str:
    return asked.play("single_satisfied", until="record_visit")


def test_an_extension_is_asked_a_working_day_before_the_end_and_granted_once(asked: Requests, visiting: str) -> None:
    before = due_on(asked, visiting)
    assert before.weekday() < 5
    day_before = before - timedelta(days=3 if before.weekday() == 0 else 1)
    go_to(asked, visiting, day_before)

    ask(asked, visiting)
    asked.do("extension", visiting, **GRANT)

    assert due_on(asked, visiting) > before
    assert closing(asked, visiting).extended_by == variables(asked, visiting)["extension_days"]
    must_be_refused(asked, visiting)


def test_on_the_last_day_it_is_too_late_to_ask(asked: Requests, visiting: str) -> None:
    go_to(asked, visiting, due_on(asked, visiting))
    before = due_on(asked, visiting)

    must_be_refused(asked, visiting)

    assert (due_on(asked, visiting), closing(asked, visiting).extended_by) == (before, None)


def test_what_was_refused_is_not_asked_a_second_time_and_the_end_stays(asked: Requests, visiting: str) -> None:
    before = due_on(asked, visiting)
    ask(asked, visiting)
    refusal = {"extension_granted": False, "extension_note": "材料已经齐全。"}
    do(asked.city, visiting, "decide_extension", "federation", refusal)

    assert (due_on(asked, visiting), closing(asked, visiting).extended_by) == (before, None)
    must_be_refused(asked, visiting)


@pytest.mark.parametrize("days", [0, 11, -1])
def test_an_extension_is_of_one_to_ten_working_days(asked: Requests, visiting: str, days: int) -> None:
    answers = {**example("extension_request.valid"), "extension_days": days}
    task = next(one for one in asked.city.tasks(visiting) if one.element_id == "extension_asked")
    with pytest.raises(AnswersRejected) as refused:
        asked.city.run(CompleteTask(task_id=task.id, answers=answers), by="lawyer1")
    assert [problem.path for problem in refused.value.problems] == ["extension_days"]


@pytest.mark.parametrize("urgency", ["urgent", "normal"])
def test_the_rule_of_the_first_contact_is_chosen_by_urgency(asked: Requests, urgency: str) -> None:
    """The property `clock` may be FEEL that gives the name of the rule."""
    case_id = offered_request(asked.city, urgency=urgency)
    do(asked.city, case_id, "answer_offer", "lawyer1", example("conflict_declaration.valid"))

    contact = asked.city.task_at(case_id, "first_contact")
    (clock,) = asked.city.rows(Clock, Clock.task_id == contact.id)
    assert clock.rule == {"urgent": "dispatch_urgent_contact", "normal": "dispatch_contact"}[urgency]


def test_time_is_counted_in_all_and_without_the_wait_while_it_lasts(asked: Requests) -> None:
    case_id = asked.play("waiting_for_enterprise", until="supply_material")
    asked.city.clock.advance(days=3)
    today = asked.city.engine.now().date()

    clock = closing(asked, case_id)
    assert clock.state == "paused"
    gross, still = clock.days_taken(today=today), clock.days_stood_still(today=today)
    assert (gross, still) == ((today - clock.started_on).days, (today - clock.paused_on).days)
    assert gross - still == (clock.paused_on - clock.started_on).days


@pytest.mark.parametrize(("due", "problem"), [("2026-03-01", True), ("today", True), ("tomorrow", False)])
def test_a_follow_up_is_due_after_today(asked: Requests, due: str, problem: bool) -> None:
    case_id = asked.play("single_satisfied", until="close_request")
    today = asked.city.engine.now().date()
    day = {"today": today, "tomorrow": today + timedelta(days=1)}.get(due, due)
    follow_ups = [{"what": "对账", "who": "财务", "due": str(day)}]
    answers = {**example("closing.valid"), "follow_ups": follow_ups}

    if not problem:
        do(asked.city, case_id, "close_request", "lawyer1", answers)
        return
    with pytest.raises(AnswersRejected) as refused:
        do(asked.city, case_id, "close_request", "lawyer1", answers)
    assert [one.path for one in refused.value.problems] == ["follow_ups[0].due"]


def test_each_follow_up_is_due_on_its_own_day(asked: Requests) -> None:
    case_id = asked.play("single_satisfied", until="close_request")
    today = asked.city.engine.now().date()
    days = {what: today + timedelta(days=number) for what, number in (("对账", 20), ("起诉", 40))}
    rows = [{"what": what, "who": "财务", "due": str(day)} for what, day in days.items()]
    do(asked.city, case_id, "close_request", "lawyer1", {**example("closing.valid"), "follow_ups": rows})
    do(asked.city, case_id, "evaluate_service", "boss2", example("evaluation.valid"))
    do(asked.city, case_id, "call_back", "federation", example("callback.valid"))

    tasks = [task for task in asked.city.tasks(case_id) if task.element_id == "follow_up"]
    zone = asked.city.engine.now().tzinfo
    assert {task.name: task.due_at.astimezone(zone).date() for task in tasks} == {
        f"跟踪事项（{what}）": day for what, day in days.items()
    }


def test_who_closed_it_does_not_call_back(asked: Requests) -> None:
    """A lead expert who sits in the federation as well may do all else of it."""
    reason = {"group": "federation", "reason": "兼任"}
    asked.city.run(GrantMembership(person_id=id_of(asked.city, "lawyer1"), answers=reason), by="security")
    case_id = asked.play("single_satisfied", until="call_back")
    task = asked.city.task_at(case_id, "call_back")

    with pytest.raises(FourEyes):
        asked.city.run(ClaimTask(task_id=task.id), by="lawyer1")

    asked.city.run(ClaimTask(task_id=task.id), by="federation")


def _evaluated(asked: Requests, *, consent: bool) -> str:
    case_id = asked.play("single_satisfied", until="evaluate_service")
    evaluation = {**example("evaluation.valid"), "example_consent": consent}
    do(asked.city, case_id, "evaluate_service", "boss2", evaluation)
    do(asked.city, case_id, "call_back", "federation", example("callback.valid"))
    for task in [one for one in asked.city.tasks(case_id) if one.element_id == "follow_up"]:
        asked.city.run(ClaimTask(task_id=task.id), by="federation")
        asked.city.run(CompleteTask(task_id=task.id, answers=example("follow_up.valid")), by="federation")
    return case_id


ARCHIVE = {"typical_case": True, "typical_summary": "货款纠纷的处理", "archive_sign": True}


def test_without_consent_nothing_becomes_an_example(asked: Requests) -> None:
    case_id = _evaluated(asked, consent=False)
    with suppress(AnswersRejected):
        do(asked.city, case_id, "archive_request", "federation", ARCHIVE)
    kept = asked.city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "archive_request")
    assert not any(answer.answers.get("typical_case") or answer.answers.get("typical_summary") for answer in kept)
    assert not variables(asked, case_id).get("typical_case")


def test_with_consent_it_may(asked: Requests) -> None:
    case_id = _evaluated(asked, consent=True)
    do(asked.city, case_id, "archive_request", "federation", ARCHIVE)
    (kept,) = asked.city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "archive_request")
    assert kept.answers["typical_case"] is True


def test_consent_of_the_first_time_is_not_filled_in_the_second_time(asked: Requests) -> None:
    case_id = asked.play("reopened", until="evaluate_service")
    evaluation = {**example("evaluation.valid.unsatisfied"), "example_consent": True}
    do(asked.city, case_id, "evaluate_service", "boss2", evaluation)
    do(asked.city, case_id, "call_back", "federation", example("callback.valid.unsatisfied"))
    do(asked.city, case_id, "rework_request", "lawyer1", example("rework.valid"))
    do(asked.city, case_id, "close_request", "lawyer1", example("closing.valid"))

    engine = asked.city.engine
    task = asked.city.task_at(case_id, "evaluate_service")
    with engine.reading() as session:
        file = task_file(session, asked.city.actor("boss2"), task.id, catalogue=engine.catalogue, now=engine.now())
        assert file.form is not None
        nodes = {
            node.key: node.value for node in file.form.view(None, file.context).nodes if getattr(node, "key", None)
        }
    assert not nodes["example_consent"]

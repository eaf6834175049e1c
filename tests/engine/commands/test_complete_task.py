from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.audit import digest
from engine.commands.complete_task import CompleteTask
from engine.commands.suspend_case import SuspendCase
from engine.definitions.form import AnswersRejected
from engine.errors import EngineError
from engine.kept_replies import IdempotencyKeyReused
from engine.model import Answer, HistoryEntry, Job, ProcessInstance, TaskOffer, UserTask
from engine.model.case import CaseNotRunning
from engine.model.task_refusals import NotTheAssignee, TaskNotClaimed, TaskNotOpen
from tests.engine.conftest import Visits

PLAN = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}


def test_state_answer_history_offers_and_job_change_together(visits: Visits) -> None:
    case_id = visits.start()

    done = visits.plan(case_id)

    city = visits.city
    (row,) = city.rows(UserTask, UserTask.id == done.id)
    (answer,) = city.rows(Answer, Answer.task_id == done.id)
    (entry,) = city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == "task_completed")
    assert (row.state, row.completed_at) == ("completed", city.clock.now)
    assert answer.answers == PLAN
    assert entry.details["answers_sha256"] == answer.digest == digest(answer.answers)
    assert visits.open_elements(case_id) == ["check_plan"]
    assert city.rows(TaskOffer, TaskOffer.task_id == done.id) == []
    assert f"notify_task:{city.task_at(case_id, 'check_plan').id}" in {j.dedupe for j in city.rows(Job)}


def test_wrong_answers_change_nothing(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    before = visits.actions(case_id)

    with pytest.raises(AnswersRejected) as refused:
        visits.city.run(CompleteTask(task_id=task.id, answers={"visit_on": "soon", "approved": True}), by="hr")

    assert {p.path for p in refused.value.problems} == {"plan", "visit_on", "approved"}
    assert visits.city.task_at(case_id, "plan_visit").state == "claimed"
    assert visits.actions(case_id) == before
    assert visits.refusals() == ["answers_rejected"]


def test_a_refusal_is_remembered_without_the_answers(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(AnswersRejected):
        visits.city.run(CompleteTask(task_id=task.id, answers={"plan": "秘密"}), by="hr")

    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "refused")
    assert entry.details == {"command": "CompleteTask", "code": "answers_rejected", "task_id": task.id}


def test_without_claim_and_by_others_it_is_refused(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")

    with pytest.raises(TaskNotClaimed):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr")
    visits.take(case_id, "plan_visit", "hr")
    with pytest.raises(NotTheAssignee):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="town_union")


def test_twice_is_refused_the_second_time(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.plan(case_id)

    with pytest.raises(TaskNotOpen):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr")

    assert len(visits.city.rows(Answer, Answer.task_id == task.id)) == 1


def test_the_same_request_again_gets_the_same_answer(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    command = CompleteTask(task_id=task.id, answers=PLAN)

    first = visits.city.run(command, by="hr", idempotency_key="k1", fingerprint="plan")
    second = visits.city.run(command, by="hr", idempotency_key="k1", fingerprint="plan")

    assert first == second
    assert visits.actions(case_id).count("task_completed") == 1


def test_another_request_with_the_same_key_is_refused(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr", idempotency_key="k1", fingerprint="plan")

    with pytest.raises(IdempotencyKeyReused):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr", idempotency_key="k1", fingerprint="other")


def test_of_many_at_once_one_completes_it(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    def complete(_: int) -> str:
        try:
            visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr")
        except EngineError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(complete, range(20)))

    assert sorted(set(outcomes)) == ["done", "task_not_open"]
    assert outcomes.count("done") == 1
    assert visits.open_elements(case_id) == ["check_plan"]


def test_nothing_is_completed_in_a_suspended_case(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")

    with pytest.raises(CaseNotRunning):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr")


def test_a_clock_that_ran_out_fires_before_a_late_completion_is_looked_at(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    task = visits.take(case_id, "check_plan", "town_union")
    visits.city.clock.advance(days=40)

    with pytest.raises(TaskNotOpen):
        visits.city.run(CompleteTask(task_id=task.id, answers={"approved": True}), by="town_union")

    assert visits.case(case_id).status == "completed"
    assert "clock_fired" in visits.actions(case_id)
    assert "task_cancelled" in visits.actions(case_id)


def test_when_an_automatic_step_fails_the_work_of_the_person_stands(visits: Visits) -> None:
    visits.reckoning.is_broken = True
    case_id = visits.start()
    visits.plan(case_id)

    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert "task_completed" in visits.actions(case_id)
    assert visits.actions(case_id)[-1] == "incident_opened"
    assert visits.case(case_id).status == "running"


def test_a_loop_of_fifty_rounds_keeps_its_state_small(visits: Visits) -> None:
    case_id, sizes = visits.start(), []
    for _ in range(50):
        visits.plan(case_id)
        visits.do(case_id, "check_plan", "town_union", approved=False)
        sizes.append(len(visits.city.rows(ProcessInstance, ProcessInstance.case_id == case_id)[0].state))

    assert max(sizes) <= min(sizes) * 1.2
    assert visits.open_elements(case_id) == ["plan_visit"]

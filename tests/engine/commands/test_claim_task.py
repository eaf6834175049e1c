from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.commands.cancel_case import CancelCase
from engine.commands.claim_task import ClaimTask
from engine.errors import EngineError
from engine.model import TaskOffer, UserTask
from engine.model.case import CaseNotRunning
from engine.model.task_refusals import FourEyes, NotACandidate, TaskAlreadyClaimed, TaskNotOpen
from engine.work import TaskNotFound
from tests.engine.conftest import Visits


def test_a_candidate_takes_the_task(visits: Visits) -> None:
    case_id = visits.start()

    task = visits.take(case_id, "plan_visit", "hr")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.state, row.assignee_id) == ("claimed", visits.city.actor("hr").person_id)
    assert visits.actions(case_id)[-1] == "task_claimed"
    assert row.id == task.id


def test_taking_it_twice_is_one_act(visits: Visits) -> None:
    case_id = visits.start()
    visits.take(case_id, "plan_visit", "hr")

    visits.take(case_id, "plan_visit", "hr")

    assert visits.actions(case_id).count("task_claimed") == 1


def test_a_party_that_is_no_candidate_is_told_so(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(NotACandidate):
        visits.take(case_id, "plan_visit", "chair")


def test_for_somebody_outside_the_task_does_not_exist(visits: Visits) -> None:
    case_id = visits.start()

    for outsider in ("boss2", "hr2", "rep1", "lawyer1", "designer"):
        with pytest.raises(TaskNotFound):
            visits.take(case_id, "plan_visit", outsider)


def test_who_did_the_step_may_not_check_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    with pytest.raises(FourEyes):
        visits.take(case_id, "check_plan", "hr")

    visits.take(case_id, "check_plan", "town_union")


def test_a_task_of_somebody_else_is_not_taken(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.take(case_id, "check_plan", "town_union")
    with visits.city.session() as session, session.begin():
        task = visits.city.task_at(case_id, "check_plan")
        session.add(TaskOffer(task_id=task.id, audience=f"person:{visits.city.actor('union').person_id}"))

    with pytest.raises(TaskAlreadyClaimed):
        visits.take(case_id, "check_plan", "union")


def test_a_finished_task_is_not_taken(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.plan(case_id)

    with pytest.raises(TaskNotOpen):
        visits.city.run(ClaimTask(task_id=task.id), by="hr")


def test_nothing_is_taken_in_a_closed_case(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")
    visits.city.run(CancelCase(case_id=case_id, reason="重复"), by="town_union")

    with pytest.raises(CaseNotRunning):
        visits.city.run(ClaimTask(task_id=task.id), by="hr")


def test_of_many_at_once_one_wins_and_the_others_are_told_who_has_it(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")
    rivals = [f"rep{n}" for n in range(1, 11)]
    with visits.city.session() as session, session.begin():
        keys = [f"person:{visits.city.actor(r).person_id}" for r in rivals]
        session.add_all(TaskOffer(task_id=task.id, audience=key) for key in keys)

    def claim(rival: str) -> str:
        try:
            visits.city.run(ClaimTask(task_id=task.id), by=rival)
        except EngineError as refusal:
            return refusal.code
        return "won"

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(claim, rivals))

    assert sorted(set(outcomes)) == ["task_already_claimed", "won"]
    assert outcomes.count("won") == 1
    assert visits.city.rows(UserTask, UserTask.id == task.id)[0].state == "claimed"

"""Ending a stand-in before its last day."""

import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.end_stand_in import EndStandIn
from engine.commands.recall_task import RecallTask
from engine.commands.record_leaving import RecordLeaving
from engine.errors import EngineError
from tests.engine.absences import add_hr, again, checked, sees_task
from tests.engine.conftest import Visits
from tests.registry import id_of
from tests.stand_ins import name_stand_in, run_now


def test_an_early_end_puts_back_at_once(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    made = name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")

    assert run_now(city, EndStandIn(stand_in_id=made), by="town_union") == 1

    assert again(visits, task).state == "open"
    assert not sees_task(city, "town_union2", task.id)


@pytest.mark.parametrize("gone", ["town_union", "town_union2"])
def test_when_one_of_the_two_leaves_the_task_is_free(visits: Visits, gone: str) -> None:
    city, (_, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")

    city.run(RecordLeaving(person_id=id_of(city, gone), reason="调离"), by="admin")

    assert (again(visits, task).state, again(visits, task).assignee_id) == ("open", None)


def test_what_was_done_for_somebody_is_not_recalled_after_their_return(visits: Visits) -> None:
    city = visits.city
    add_hr(city)
    case_id = visits.start()
    city.run(AppointParties(case_id=case_id, role="planner", persons=("hr",), reason="负责"), by="union")
    made = name_stand_in(city, "hr", "zhu")
    task = city.task_at(case_id, "plan_visit")
    run_now(city, ClaimTask(task_id=task.id), by="zhu")
    answers = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}
    run_now(city, CompleteTask(task_id=task.id, answers=answers), by="zhu")
    run_now(city, EndStandIn(stand_in_id=made), by="hr")

    with pytest.raises(EngineError):
        run_now(city, RecallTask(task_id=task.id), by="zhu")

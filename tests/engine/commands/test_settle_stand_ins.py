"""What happens when the time of absence is over."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.settle_stand_ins import SettleStandIns
from engine.model import Notice
from engine.model.task_refusals import StandInOver
from engine.work import TaskNotFound
from tests.engine.absences import APPROVED, again, checked, entry, listed, sees_task
from tests.engine.conftest import Visits
from tests.mails import work_off
from tests.registry import id_of
from tests.stand_ins import name_stand_in, run_now


def test_when_the_time_is_over_nothing_can_be_done_and_the_task_goes_back(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    visits.city.run(ClaimTask(task_id=task.id), by="town_union")
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    city.clock.advance(days=5)

    with pytest.raises(TaskNotFound):
        run_now(city, CompleteTask(task_id=task.id, answers=APPROVED), by="town_union2")
    assert not sees_task(city, "town_union2", task.id)
    assert listed(city, "town_union2", view="mine") == []
    work_off(city)

    back = again(visits, task)
    assert (back.state, back.assignee_id) == ("claimed", id_of(city, "town_union"))
    put_back = entry(visits, case_id, "task_put_back")
    assert (put_back.actor, put_back.details["was"]) == ("system", "town_union2")
    told = city.rows(Notice, Notice.task_id == task.id, Notice.kind == "task_assigned")
    assert [notice.person_id for notice in told] == [id_of(city, "town_union")]
    assert city.run(SettleStandIns(), by="system") == 0


def test_who_can_see_the_case_anyway_is_told_that_the_time_is_over(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "union")
    run_now(city, ClaimTask(task_id=task.id), by="union")
    city.clock.advance(days=5)

    with pytest.raises(StandInOver):
        run_now(city, CompleteTask(task_id=task.id, answers=APPROVED), by="union")

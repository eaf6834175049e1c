from datetime import UTC, date, datetime

import pytest

from engine.commands.set_follow_up import FollowUpInThePast, SetFollowUp
from engine.model.task_refusals import TaskNotOpen
from engine.permissions import NotInCharge
from engine.work import TaskNotFound
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize("by", ["hr", "union"])
def test_a_day_to_look_again_is_noted_and_the_deadline_stays(visits: Visits, by: str) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")

    visits.city.run(SetFollowUp(task_id=task.id, on=FRIDAY), by=by)

    (row,) = list_of_tasks(visits, "hr", view="mine").items
    assert row.follow_up_at == datetime(2026, 3, 5, 16, tzinfo=UTC)  # Friday begins in the city
    assert row.due_at == task.due_at
    assert visits.actions(task.case_id)[-1] == "follow_up_set"
    assert list_of_tasks(visits, "hr", follow_up_before=row.follow_up_at).total == 1


def test_it_is_taken_back(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    for day in (FRIDAY, None):
        visits.city.run(SetFollowUp(task_id=task.id, on=day), by="hr")

    assert visits.city.task_at(task.case_id, "plan_visit").follow_up_at is None


def test_a_candidate_may_note_it_for_a_task_that_nobody_has(visits: Visits) -> None:
    case_id = visits.start()
    task_id = visits.city.task_at(case_id, "plan_visit").id

    visits.city.run(SetFollowUp(task_id=task_id, on=FRIDAY), by="hr")
    with pytest.raises(NotInCharge):
        visits.city.run(SetFollowUp(task_id=task_id, on=FRIDAY), by="chair")


def test_days_gone_by_ended_tasks_and_tasks_of_others_are_refused(visits: Visits) -> None:
    done = visits.plan(visits.start())
    task_id = visits.city.task_at(visits.start(), "plan_visit").id

    with pytest.raises(FollowUpInThePast):
        visits.city.run(SetFollowUp(task_id=task_id, on=date(2026, 3, 1)), by="hr")
    with pytest.raises(TaskNotOpen):
        visits.city.run(SetFollowUp(task_id=done.id, on=FRIDAY), by="hr")
    with pytest.raises(TaskNotFound):
        visits.city.run(SetFollowUp(task_id=task_id, on=FRIDAY), by="hr2")

import pytest

from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.model.task_refusals import NotTheAssignee, TaskNotClaimed
from tests.engine.conftest import Visits


def test_a_released_task_waits_for_others_and_keeps_its_draft(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(SaveDraft(task_id=task.id, answers={"plan": "半"}), by="hr")

    visits.city.run(ReleaseTask(task_id=task.id), by="hr")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.state, row.assignee_id, row.draft) == ("open", None, {"plan": "半"})


def test_nobody_releases_what_nobody_has(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(TaskNotClaimed):
        visits.city.run(ReleaseTask(task_id=visits.city.task_at(case_id, "plan_visit").id), by="hr")


def test_nobody_releases_the_task_of_another(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(NotTheAssignee):
        visits.city.run(ReleaseTask(task_id=task.id), by="town_union")

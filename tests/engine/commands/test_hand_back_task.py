import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.do_job import DoJob
from engine.commands.hand_back_task import HandBackTask
from engine.commands.save_draft import SaveDraft
from engine.model import Job, Notice
from engine.model.task_refusals import NotTheAssignee, TaskNotDelegated
from tests.engine.commands.test_delegate_task import delegated
from tests.engine.commands.test_transfer_task import PLAN, two_planners
from tests.engine.conftest import Visits


def test_it_comes_back_with_what_was_written_and_the_owner_is_told(visits: Visits) -> None:
    case_id, task_id = delegated(visits)
    visits.city.run(SaveDraft(task_id=task_id, answers=PLAN), by="boss")

    assert visits.city.run(HandBackTask(task_id=task_id, note="已拟好"), by="boss") == "hr"

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.assignee_id, row.owner_id, row.draft) == (visits.city.actor("hr").person_id, None, PLAN)
    for job in visits.city.rows(Job, Job.kind == "notify_handed_back"):
        visits.city.run(DoJob(job_id=job.id), by="system")
    (notice,) = visits.city.rows(Notice, Notice.kind == "task_handed_back")
    assert notice.person_id == visits.city.actor("hr").person_id
    visits.city.run(CompleteTask(task_id=task_id, answers=PLAN), by="hr")


def test_what_was_not_delegated_cannot_be_handed_back(visits: Visits) -> None:
    case_id = two_planners(visits)
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(TaskNotDelegated):
        visits.city.run(HandBackTask(task_id=task.id), by="hr")


def test_it_is_handed_back_once_and_by_who_has_it(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    with pytest.raises(NotTheAssignee):
        visits.city.run(HandBackTask(task_id=task_id), by="hr")
    visits.city.run(HandBackTask(task_id=task_id), by="boss")
    with pytest.raises(NotTheAssignee):
        visits.city.run(HandBackTask(task_id=task_id), by="boss")

    assert visits.actions(case_id).count("task_handed_back") == 1

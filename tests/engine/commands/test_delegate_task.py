import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.commands.transfer_task import TransferTask
from engine.errors import Conflict
from engine.model.task_refusals import HasTheTask, NotACandidate, NotTheAssignee, TaskDelegated
from tests.engine.commands.test_transfer_task import PLAN, two_planners
from tests.engine.conftest import Visits


def delegated(visits: Visits) -> tuple[str, str]:
    """Case and task: `hr` has asked `boss` to make the plan."""
    case_id = two_planners(visits)
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(DelegateTask(task_id=task.id, assignee="boss", reason="请代拟"), by="hr")
    return case_id, task.id


def test_the_other_writes_and_cannot_hand_in_or_give_away(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    visits.city.run(SaveDraft(task_id=task_id, answers={"plan": "下午"}), by="boss")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.assignee_id, row.owner_id) == tuple(visits.city.actor(n).person_id for n in ("boss", "hr"))
    assert visits.actions(case_id)[-1] == "task_delegated"
    for command in (
        CompleteTask(task_id=task_id, answers=PLAN),
        ReleaseTask(task_id=task_id),
        TransferTask(task_id=task_id, assignee="hr", reason="不办"),
        DelegateTask(task_id=task_id, assignee="hr", reason="再委派"),
        AssignTask(task_id=task_id, assignee="hr", reason="不办"),
    ):
        with pytest.raises(TaskDelegated):
            visits.city.run(command, by="boss")
    with pytest.raises(NotTheAssignee):
        visits.city.run(CompleteTask(task_id=task_id, answers=PLAN), by="hr")


def test_who_is_in_charge_may_still_give_it_to_somebody(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    visits.city.run(AssignTask(task_id=task_id, assignee="boss", reason="由其办理"), by="town_union")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.assignee_id, row.owner_id) == (visits.city.actor("boss").person_id, None)
    visits.city.run(CompleteTask(task_id=task_id, answers=PLAN), by="boss")


@pytest.mark.parametrize(("to", "error"), [("chair", NotACandidate), ("hr", HasTheTask)])
def test_only_another_candidate_is_asked(visits: Visits, to: str, error: type[Exception]) -> None:
    case_id = two_planners(visits)
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(error):
        visits.city.run(DelegateTask(task_id=task.id, assignee=to, reason="请代拟"), by="hr")

    assert visits.city.task_at(case_id, "plan_visit").owner_id is None


def test_asked_twice_it_is_delegated_once(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    with pytest.raises((Conflict, NotTheAssignee)):
        visits.city.run(DelegateTask(task_id=task_id, assignee="boss", reason="请代拟"), by="hr")

    assert visits.actions(case_id).count("task_delegated") == 1

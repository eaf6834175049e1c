import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.recall_task import RecallTask
from engine.commands.return_task import ReturnRefused
from engine.commands.save_draft import SaveDraft
from engine.model.task_refusals import NotTheAssignee, TaskNotOpen
from tests.engine.commands.test_complete_task import PLAN
from tests.engine.conftest import Visits
from tests.faults.invariants import broken_invariants


def test_what_was_just_handed_in_comes_back(visits: Visits) -> None:
    case_id = visits.start()
    planned = visits.plan(case_id)

    visits.city.run(RecallTask(task_id=planned.id), by="hr")

    again = visits.city.task_at(case_id, "plan_visit")
    assert (again.assignee_id, again.draft) == (visits.city.actor("hr").person_id, PLAN)
    assert visits.actions(case_id).count("task_recalled") == 1
    assert broken_invariants(visits.city.engine) == []


def test_it_can_be_handed_in_and_taken_back_again_and_again(visits: Visits) -> None:
    case_id = visits.start()

    for _ in range(3):
        task = visits.plan(case_id)
        visits.city.run(RecallTask(task_id=task.id), by="hr")

    assert visits.open_elements(case_id) == ["plan_visit"]
    assert broken_invariants(visits.city.engine) == []


def test_not_after_somebody_has_begun(visits: Visits) -> None:
    case_id = visits.start()
    planned = visits.plan(case_id)
    check = visits.city.task_at(case_id, "check_plan")
    visits.city.run(ClaimTask(task_id=check.id), by="town_union")

    with pytest.raises(ReturnRefused) as refused:
        visits.city.run(RecallTask(task_id=planned.id), by="hr")
    assert [p.code for p in refused.value.problems] == ["others_have_begun"]

    visits.city.run(SaveDraft(task_id=check.id, answers={"approved": False}), by="town_union")
    visits.do(case_id, "check_plan", "town_union", approved=False)
    with pytest.raises(ReturnRefused) as refused:
        visits.city.run(RecallTask(task_id=planned.id), by="hr")
    assert [p.code for p in refused.value.problems] == ["others_have_acted"]


def test_only_by_who_handed_it_in_and_only_once(visits: Visits) -> None:
    case_id = visits.start()
    planned = visits.plan(case_id)

    with pytest.raises(NotTheAssignee):
        visits.city.run(RecallTask(task_id=planned.id), by="town_union")
    visits.city.run(RecallTask(task_id=planned.id), by="hr")
    with pytest.raises(TaskNotOpen):
        visits.city.run(RecallTask(task_id=planned.id), by="hr")

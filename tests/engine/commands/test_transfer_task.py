from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.commands.transfer_task import TransferTask
from engine.errors import EngineError
from engine.model.case import ReasonMissing
from engine.model.task_refusals import FourEyes, HasTheTask, NotACandidate, NotTheAssignee, TaskNotClaimed
from engine.taking import AssigneeUnknown
from engine.work import TaskNotFound
from tests.engine.conftest import Visits

PLAN = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}


def two_planners(visits: Visits) -> str:
    """A case whose plan `hr` or `boss` may make."""
    case_id = visits.start()
    command = AppointParties(case_id=case_id, role="planner", persons=("hr", "boss"), reason="两人都可以")
    visits.city.run(command, by="town_union")
    return case_id


def given(task_id: str, to: str, reason: str = "出差") -> TransferTask:
    return TransferTask(task_id=task_id, assignee=to, reason=reason)


def test_a_task_goes_on_with_its_draft_and_the_other_hands_it_in(visits: Visits) -> None:
    case_id = two_planners(visits)
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(SaveDraft(task_id=task.id, answers={"plan": "上午"}), by="hr")

    visits.city.run(given(task.id, "boss"), by="hr")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.assignee_id, row.draft) == (visits.city.actor("boss").person_id, {"plan": "上午"})
    assert visits.actions(case_id)[-1] == "task_transferred"
    with pytest.raises(NotTheAssignee):
        visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="hr")
    visits.city.run(CompleteTask(task_id=task.id, answers=PLAN), by="boss")


def test_only_who_has_it_gives_it_on_and_only_to_another_candidate(visits: Visits) -> None:
    case_id = two_planners(visits)
    task = visits.city.task_at(case_id, "plan_visit")

    with pytest.raises(TaskNotClaimed):
        visits.city.run(given(task.id, "boss"), by="hr")
    visits.take(case_id, "plan_visit", "hr")
    for by, to, error in [
        ("boss", "boss", NotTheAssignee), ("hr", "hr", HasTheTask), ("hr", "chair", NotACandidate),
        ("hr", "nobody", AssigneeUnknown), ("boss2", "hr", TaskNotFound),
    ]:  # fmt: skip
        with pytest.raises(error):
            visits.city.run(given(task.id, to), by=by)
    with pytest.raises(ReasonMissing):
        visits.city.run(given(task.id, "boss", " "), by="hr")
    assert visits.city.task_at(case_id, "plan_visit").assignee_id == visits.city.actor("hr").person_id


def test_four_eyes_hold(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    task = visits.take(case_id, "check_plan", "town_union")

    with pytest.raises(FourEyes):
        visits.city.run(given(task.id, "hr"), by="town_union")


def test_of_many_at_once_one_gives_it_on(visits: Visits) -> None:
    case_id = two_planners(visits)
    task = visits.take(case_id, "plan_visit", "hr")

    def give(_: int) -> str:
        try:
            visits.city.run(given(task.id, "boss"), by="hr")
        except EngineError as refusal:
            return refusal.code
        return "given"

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(give, range(6))) == ["given"] + ["not_the_assignee"] * 5
    assert visits.actions(case_id).count("task_transferred") == 1

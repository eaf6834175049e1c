import pytest

from engine.commands.save_draft import DraftTooLarge, SaveDraft
from engine.model.task_refusals import NotTheAssignee
from tests.engine.conftest import Visits


def test_a_draft_may_be_incomplete_and_wrong(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    visits.city.run(SaveDraft(task_id=task.id, answers={"visit_on": "soon", "odd": [None]}), by="hr")

    row = visits.city.task_at(case_id, "plan_visit")
    assert row.draft == {"visit_on": "soon", "odd": [None]}
    assert row.draft_at == visits.city.clock.now


def test_only_the_assignee_saves_a_draft(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(NotTheAssignee):
        visits.city.run(SaveDraft(task_id=task.id, answers={}), by="chair")


def test_a_draft_has_a_size_limit(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(DraftTooLarge):
        visits.city.run(SaveDraft(task_id=task.id, answers={"plan": "长" * 400_000}), by="hr")

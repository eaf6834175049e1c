import pytest

from engine.commands.assign_task import AssignTask
from engine.model.case import ReasonMissing
from engine.model.task_refusals import FourEyes, NotACandidate
from engine.permissions import NotInCharge
from engine.taking import AssigneeUnknown
from tests.engine.conftest import Visits


def test_who_is_in_charge_gives_a_task_to_a_candidate(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")

    visits.city.run(AssignTask(task_id=task.id, assignee="hr", reason="尽快"), by="town_union")

    assert visits.city.task_at(case_id, "plan_visit").assignee_id == visits.city.actor("hr").person_id


def test_a_party_that_does_not_have_the_task_may_not_give_it_away(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(NotInCharge):
        visits.city.run(
            AssignTask(task_id=visits.city.task_at(case_id, "plan_visit").id, assignee="hr", reason="尽快"), by="chair"
        )


def test_a_task_goes_to_candidates_only(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(NotACandidate):
        visits.city.run(
            AssignTask(task_id=visits.city.task_at(case_id, "plan_visit").id, assignee="boss2", reason="尽快"),
            by="town_union",
        )


def test_four_eyes_hold_for_assignment_too(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    with pytest.raises(FourEyes):
        visits.city.run(
            AssignTask(task_id=visits.city.task_at(case_id, "check_plan").id, assignee="hr", reason="尽快"),
            by="town_union",
        )


@pytest.mark.parametrize(("assignee", "reason", "error"), [("hr", " ", ReasonMissing), ("x", "尽快", AssigneeUnknown)])
def test_reason_and_person_are_needed(visits: Visits, assignee: str, reason: str, error: type[Exception]) -> None:
    case_id = visits.start()

    with pytest.raises(error):
        visits.city.run(
            AssignTask(task_id=visits.city.task_at(case_id, "plan_visit").id, assignee=assignee, reason=reason),
            by="town_union",
        )

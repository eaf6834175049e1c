import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.claim_task import ClaimTask
from engine.model.user_task import NotACandidate
from engine.permissions import NotInCharge
from engine.services import ServiceRefused
from tests.engine.conftest import Visits


def test_open_tasks_are_offered_to_the_new_people_and_no_longer_to_the_old(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.city.task_at(case_id, "plan_visit")

    command = AppointParties(case_id=case_id, role="planner", persons=("boss",), reason="经办人离职")
    visits.city.run(command, by="town_union")

    with pytest.raises(NotACandidate):
        visits.city.run(ClaimTask(task_id=task.id), by="hr")
    visits.city.run(ClaimTask(task_id=task.id), by="boss")
    assert list(visits.case(case_id).parties["planner"]) == ["boss"]
    assert "parties_appointed" in visits.actions(case_id)


def test_nobody_unknown_is_appointed_and_parties_do_not_appoint(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(ServiceRefused):
        visits.city.run(
            AppointParties(case_id=case_id, role="planner", persons=("nobody",), reason="补选"), by="town_union"
        )
    with pytest.raises(NotInCharge):
        visits.city.run(AppointParties(case_id=case_id, role="planner", persons=("hr",), reason="补选"), by="hr")

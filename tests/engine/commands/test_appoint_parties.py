import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.claim_task import ClaimTask
from engine.model.task_refusals import NotACandidate
from engine.parties import PartiesUnfit
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


def test_who_negotiates_is_checked_by_the_law(visits: Visits) -> None:
    """Star is above scale: five on each side at least, as many on both, one chief each, nobody twice."""
    case_id = visits.start()

    def appoint(role: str, *persons: str) -> list[str]:
        command = AppointParties(case_id=case_id, role=role, persons=persons, reason="补选")
        try:
            visits.city.run(command, by="town_union")
        except PartiesUnfit as unfit:
            return [f"{problem.path}:{problem.code}" for problem in unfit.problems]
        return []

    assert appoint("worker_chief", "chair", "rep1") == appoint("employer_chief") == ["persons:one_chief"]
    assert appoint("worker_chief", "chair") == appoint("employer_chief", "boss") == []
    assert appoint("worker_negotiator", "rep1", "rep2", "rep3") == ["persons:too_few_negotiators"]
    assert appoint("worker_negotiator", "chair", "rep1", "rep2", "rep3") == ["persons:too_few_negotiators"]
    assert appoint("worker_negotiator", "rep1", "rep2", "rep3", "rep4") == []
    assert appoint("employer_negotiator", "hr", "rep1", "worker1", "worker2") == ["persons:on_both_sides"]
    assert appoint("employer_negotiator", "hr", *(f"worker{n}" for n in range(1, 6))) == ["persons:sides_unequal"]
    assert appoint("employer_negotiator", "hr", "worker1", "worker2", "worker3") == []
    assert appoint("worker_negotiator", *(f"rep{n}" for n in range(1, 6))) == []
    assert appoint("worker_negotiator", "rep1", "rep2", "rep3", "rep4") == []
    assert list(visits.case(case_id).parties["worker_negotiator"]) == ["rep1", "rep2", "rep3", "rep4"]

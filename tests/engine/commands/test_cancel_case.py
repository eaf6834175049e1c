import pytest

from engine.commands.cancel_case import CancelCase
from engine.model import Clock, Incident, TaskOffer, UserTask
from engine.model.case import CaseNotRunning, ReasonMissing
from engine.permissions import NotInCharge
from engine.work import CaseNotFound
from tests.engine.conftest import Visits


def test_tasks_offers_and_clocks_end_with_the_case(visits: Visits) -> None:
    case_id = visits.start()

    visits.city.run(CancelCase(case_id=case_id, reason="企业撤回"), by="town_union")

    city = visits.city
    assert visits.case(case_id).status == "cancelled"
    assert {t.state for t in city.rows(UserTask, UserTask.case_id == case_id)} == {"cancelled"}
    assert {c.state for c in city.rows(Clock, Clock.case_id == case_id)} == {"cancelled"}
    assert city.rows(TaskOffer) == []
    assert "case_cancelled" in visits.actions(case_id)


def test_a_party_may_not_end_the_case(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(NotInCharge):
        visits.city.run(CancelCase(case_id=case_id, reason="不想办了"), by="hr")


def test_an_official_of_another_town_does_not_see_it(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(CaseNotFound):
        visits.city.run(CancelCase(case_id=case_id, reason="误操作"), by="town_union2")


def test_a_reason_is_needed_and_twice_is_refused(visits: Visits) -> None:
    case_id = visits.start()
    with pytest.raises(ReasonMissing):
        visits.city.run(CancelCase(case_id=case_id, reason=""), by="union")
    visits.city.run(CancelCase(case_id=case_id, reason="重复立案"), by="union")

    with pytest.raises(CaseNotRunning):
        visits.city.run(CancelCase(case_id=case_id, reason="重复立案"), by="union")


def test_failed_steps_are_over_with_the_case(visits: Visits) -> None:
    visits.reckoning.is_broken = True
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    visits.city.run(CancelCase(case_id=case_id, reason="企业撤回"), by="town_union")

    assert {i.state for i in visits.city.rows(Incident, Incident.case_id == case_id)} == {"resolved"}

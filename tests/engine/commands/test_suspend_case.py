import pytest

from engine.commands.release_task import ReleaseTask
from engine.commands.suspend_case import SuspendCase
from engine.model.case import CaseNotRunning
from engine.permissions import NotInCharge
from tests.engine.conftest import Visits


def test_a_suspended_case_stands_still(visits: Visits) -> None:
    case_id = visits.start()

    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")

    assert visits.case(case_id).status == "suspended"
    assert visits.actions(case_id)[-1] == "case_suspended"


def test_clocks_of_a_suspended_case_do_not_fire(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")
    visits.city.clock.advance(days=90)

    assert visits.city.engine.fire_due_clocks() == 0
    assert visits.clock(case_id, "plan_late").state == "running"


def test_parties_may_not_and_twice_is_refused(visits: Visits) -> None:
    case_id = visits.start()
    with pytest.raises(NotInCharge):
        visits.city.run(SuspendCase(case_id=case_id, reason="等一等"), by="hr")
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")

    with pytest.raises(CaseNotRunning):
        visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")


def test_late_clocks_do_not_hide_that_the_case_stands_still(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")
    visits.city.clock.advance(days=90)

    with pytest.raises(CaseNotRunning):
        visits.city.run(ReleaseTask(task_id=task.id), by="hr")

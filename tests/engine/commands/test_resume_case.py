import pytest

from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from engine.model.case import CaseNotSuspended
from tests.engine.conftest import Visits


def test_a_resumed_case_goes_on_and_its_late_clocks_fire(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")
    visits.city.clock.advance(days=90)

    visits.city.run(ResumeCase(case_id=case_id, reason="检查完毕"), by="town_union")
    visits.city.engine.fire_due_clocks()

    assert visits.case(case_id).status == "running"
    assert visits.clock(case_id, "plan_late").state == "fired"
    assert visits.plan(case_id).element_id == "plan_visit"


def test_only_a_suspended_case_is_resumed(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(CaseNotSuspended):
        visits.city.run(ResumeCase(case_id=case_id, reason="检查完毕"), by="town_union")

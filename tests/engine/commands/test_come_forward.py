"""More of it, in a process that looks for experts, in tests/services/test_coming_forward.py."""

import pytest

from engine.commands.come_forward import ComeForward, NotSought
from engine.commands.start_case import StartCase
from tests.city import City
from tests.journeys.form_filler import example


@pytest.mark.parametrize("who", ["lawyer1", "boss"])
def test_nobody_takes_a_task_for_which_no_expert_is_sought(city: City, who: str) -> None:
    case_id = city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    task = city.task_at(case_id, "reply_by_enterprise")
    for task_id in (task.id, "none"):
        with pytest.raises(NotSought):
            city.run(ComeForward(task_id=task_id), by=who)
    assert city.task_at(case_id, "reply_by_enterprise").assignee_id is None

"""Who was offered a task by name may decline it, and nobody else; what follows is in `tests/engine/elements`."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.decline_task import DeclineTask
from engine.model.task_refusals import NotOfferedByName
from engine.work import TaskNotFound
from tests.engine.conftest import Visits


def test_what_is_offered_to_groups_is_released_not_declined(visits: Visits) -> None:
    task = visits.city.task_at(visits.start(), "plan_visit")
    visits.city.run(ClaimTask(task_id=task.id), by="hr")

    with pytest.raises(NotOfferedByName):
        visits.city.run(DeclineTask(task_id=task.id, reason="没有时间"), by="hr")


def test_strangers_have_nothing_to_decline(visits: Visits) -> None:
    task = visits.city.task_at(visits.start(), "plan_visit")

    with pytest.raises(TaskNotFound):
        visits.city.run(DeclineTask(task_id=task.id, reason="没有时间"), by="boss2")

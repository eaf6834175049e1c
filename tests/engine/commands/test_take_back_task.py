from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.command import Command
from engine.commands.hand_back_task import HandBackTask
from engine.commands.take_back_task import TakeBackTask
from engine.errors import EngineError
from engine.model.task_refusals import NotTheOwner, TaskNotDelegated
from tests.engine.commands.test_delegate_task import delegated
from tests.engine.conftest import Visits


def test_the_owner_ends_the_delegation(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    with pytest.raises(NotTheOwner):
        visits.city.run(TakeBackTask(task_id=task_id), by="boss")
    visits.city.run(TakeBackTask(task_id=task_id), by="hr")

    row = visits.city.task_at(case_id, "plan_visit")
    assert (row.assignee_id, row.owner_id) == (visits.city.actor("hr").person_id, None)
    with pytest.raises(TaskNotDelegated):
        visits.city.run(TakeBackTask(task_id=task_id), by="hr")


def test_taken_and_handed_back_at_once_it_comes_back_once(visits: Visits) -> None:
    case_id, task_id = delegated(visits)

    def give(order: tuple[Command, str]) -> str:
        try:
            visits.city.run(order[0], by=order[1])
        except EngineError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        orders: list[tuple[Command, str]] = [
            (TakeBackTask(task_id=task_id), "hr"),
            (HandBackTask(task_id=task_id), "boss"),
        ]
        outcomes = list(pool.map(give, orders))

    assert outcomes.count("done") == 1
    assert visits.city.task_at(case_id, "plan_visit").assignee_id == visits.city.actor("hr").person_id

"""Cases and tasks in a state that a test needs, brought about by running commands."""

from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask, Completion
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.model import UserTask
from tests.architecture.source_tree import ROOT
from tests.city import City

EXAMPLE = ROOT / "docs" / "how-to" / "improvement_suggestion"
SUGGESTION = {"subject": "冷却水循环使用", "idea": "在 3 号车间加装回水箱。", "expected_saving": 36000}


def deploy_example(city: City) -> str:
    """The small process of docs/how-to; gives its key."""
    city.deploy(bundle_files(EXAMPLE))
    return EXAMPLE.name


def a_case(city: City, *, process: str | None = None, by: str = "worker1", **answers: Any) -> str:
    """A running case; of the example process, which is deployed when it has to be, or of `process`."""
    command = StartCase(process=process or deploy_example(city), answers=answers or SUGGESTION)
    return city.run(command, by=by)


def a_claimed_task(city: City, case_id: str, *, element: str, by: str) -> UserTask:
    task = city.task_at(case_id, element)
    city.run(ClaimTask(task_id=task.id), by=by)
    return city.task_at(case_id, element)


def completed(city: City, case_id: str, *, element: str, by: str, **answers: Any) -> Completion:
    """Claims and completes the open task at an element."""
    task = a_claimed_task(city, case_id, element=element, by=by)
    return city.run(CompleteTask(task_id=task.id, answers=answers), by=by)

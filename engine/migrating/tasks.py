"""Open tasks that go on after a change of version are what the new diagram says of them."""

from engine.case_work import CaseWork
from engine.clockwork import stop_clock
from engine.definitions.process import Element
from engine.model import UserTask
from engine.opening import complete_opening
from engine.parties import offer


def bring_up_to_date(folder: CaseWork) -> None:
    """Name, form, groups, four eyes and stage; who has a task keeps it, with what they have written."""
    elements = folder.bundle.process.elements
    for task in folder.tasks:
        element = elements.get(task.element_id)
        if element is not None:
            _bring(folder, task, element, known=element.name)


def _bring(folder: CaseWork, task: UserTask, element: Element, *, known: str) -> None:
    task.stage = element.stage or folder.case.stage
    if task.principal_id is not None:
        return  # a signature is asked for in the words of who asks
    former = task.name.partition("（")
    task.name = f"{known}{former[1]}{former[2]}"[:200] if element.properties.get("instance_label") else known
    task.form, task.four_eyes = element.form, element.properties.get("four_eyes")
    if list(element.candidate_groups) != task.candidate_groups:
        task.candidate_groups = list(element.candidate_groups)
        offer(folder, task, again=True)
    _settle_clock(folder, task, element)


def _settle_clock(folder: CaseWork, task: UserTask, element: Element) -> None:
    """A deadline that the new diagram does not know ends; one that only it knows begins."""
    if element.properties.get("clock"):
        complete_opening(folder, element, task)
        return
    for clock in [clock for clock in folder.clocks if clock.task_id == task.id]:
        stop_clock(folder, clock, met=False)

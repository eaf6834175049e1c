"""A task goes to somebody else, for good or for a while; and those who have it are reminded."""

from api.blueprint import ApiBlueprint
from api.current import the_actor
from api.idempotency import run
from api.permissions import permission
from api.schemas.tasks import AssignQuestion, RemarkQuestion, TaskState, Urged
from engine.commands.delegate_task import DelegateTask
from engine.commands.hand_back_task import HandBackTask
from engine.commands.take_back_task import TakeBackTask
from engine.commands.transfer_task import TransferTask
from engine.commands.urge_task import UrgeTask

handing_on = ApiBlueprint("handing_on", "A task goes to somebody else, or is asked for.")


@handing_on.post("/tasks/<task_id>/transfer")
@permission("case_party")
@handing_on.arguments(AssignQuestion)
@handing_on.response(200, TaskState)
def transfer(question: dict, task_id: str) -> dict:
    """Pass a task of yours on to another candidate for good."""
    run(TransferTask(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": question["assignee"]}


@handing_on.post("/tasks/<task_id>/delegate")
@permission("case_party")
@handing_on.arguments(AssignQuestion)
@handing_on.response(200, TaskState)
def delegate(question: dict, task_id: str) -> dict:
    """Let another candidate fill in a task of yours; it comes back to you, and you hand it in."""
    run(DelegateTask(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": question["assignee"]}


@handing_on.post("/tasks/<task_id>/hand-back")
@permission("case_party")
@handing_on.arguments(RemarkQuestion)
@handing_on.response(200, TaskState)
def hand_back(question: dict, task_id: str) -> dict:
    """Give a task that you filled in for somebody back to them."""
    owner = run(HandBackTask(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": owner}


@handing_on.post("/tasks/<task_id>/take-back")
@permission("case_party")
@handing_on.response(200, TaskState)
def take_back(task_id: str) -> dict:
    """End a delegation: the task is yours again."""
    run(TakeBackTask(task_id=task_id))
    return {"id": task_id, "state": "claimed", "assignee": the_actor().username}


@handing_on.post("/tasks/<task_id>/urge")
@permission("case_party")
@handing_on.arguments(RemarkQuestion)
@handing_on.response(200, Urged)
def urge(question: dict, task_id: str) -> dict:
    """Remind those who have a task, or could take it; once in four hours."""
    return {"id": task_id, "urged_count": run(UrgeTask(task_id=task_id, **question))}

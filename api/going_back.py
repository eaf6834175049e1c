"""A case goes back to a step that was done, and what that would change, told beforehand."""

from dataclasses import asdict
from typing import Any

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.errors import problem_entry
from api.idempotency import run
from api.permissions import permission
from api.schemas.going_back import PlanAnswer, RecallOrder, ReturnOrder, ReturnOutlook, ReturnQuestion, WentBack
from engine.commands.recall_task import RecallTask
from engine.commands.return_task import ReturnTask
from engine.returning.plan import ReturnPlan

going_back = ApiBlueprint("going_back", "A case goes back to a step that was done.")
_NOT_SHOWN = {"variables", "parties", "messages", "way", "events"}


@going_back.get("/tasks/<task_id>/return")
@permission("case_party")
@going_back.arguments(ReturnQuestion, location="query")
@going_back.response(200, ReturnOutlook)
def return_outlook(question: dict, task_id: str) -> dict:
    """The steps to which one can go back from this task, and what going back to one of them would change."""
    command = ReturnTask(task_id=task_id, to=question["to"], reason="")
    steps, plan = the_engine().foresee(command, actor=the_actor())
    return {"steps": steps, "plan": _shown(plan) if plan else None}


@going_back.post("/tasks/<task_id>/return")
@permission("case_party")
@going_back.arguments(ReturnOrder)
@going_back.response(200, WentBack)
def return_(order: dict, task_id: str) -> dict:
    """Send a case back from a task to a step that was done before, with the reason that goes into the history."""
    return {"id": task_id, "case_id": run(ReturnTask(task_id=task_id, **order))}


@going_back.get("/tasks/<task_id>/recall")
@permission("case_party")
@going_back.response(200, PlanAnswer)
def recall_outlook(task_id: str) -> dict:
    """What taking back this completed task would change."""
    return _shown(the_engine().foresee(RecallTask(task_id=task_id), actor=the_actor()))


@going_back.post("/tasks/<task_id>/recall")
@permission("case_party")
@going_back.arguments(RecallOrder)
@going_back.response(200, WentBack)
def recall(order: dict, task_id: str) -> dict:
    """Take back what you have just handed in, as long as nobody has begun with what comes next."""
    return {"id": task_id, "case_id": run(RecallTask(task_id=task_id, **order))}


def _shown(plan: ReturnPlan) -> dict[str, Any]:
    rows = {name: value for name, value in vars(plan).items() if name not in _NOT_SHOWN}
    obstacles = [asdict(o) | problem_entry(o.as_problem()) for o in plan.obstacles]
    told = [name for person, name in plan.told.items() if person != the_actor().person_id]
    more = {"plan": plan.fingerprint, "possible": not plan.obstacles, "told": told}
    return rows | more | {"obstacles": obstacles, "parties": list(plan.parties), "variables": sorted(plan.variables)}

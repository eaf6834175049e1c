"""Others sign a task, and what asking them or taking them off would change, told beforehand."""

from typing import Any

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.errors import problem_entry
from api.idempotency import run
from api.permissions import permission
from api.schemas.cosigning import (
    Asked,
    AskOrder,
    AskQuestion,
    CosignPlanAnswer,
    RemovalOrder,
    RemovalQuestion,
    Signatures,
    Signed,
    SignOrder,
    TakingBack,
)
from api.schemas.tasks import TaskState
from engine.commands.ask_cosigners import AskCosigners
from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.sign_task import SignTask
from engine.commands.take_back_hand_in import TakeBackHandIn
from engine.cosigning.plan import CosignPlan
from engine.queries.cosignatures import signatures_of
from engine.queries.place import Place

cosigning = ApiBlueprint("cosigning", "Others sign a task.")


@cosigning.get("/tasks/<task_id>/cosigners")
@permission("case_party")
@cosigning.response(200, Signatures)
def signatures(task_id: str) -> dict:
    """Who was asked to sign a task, and for those who may read it what they said; also of a task to sign."""
    engine = the_engine()
    with engine.reading() as session:
        place = Place(session, engine.catalogue, engine.now())
        return {"items": signatures_of(session, the_actor(), task_id, at=place)}


@cosigning.get("/tasks/<task_id>/cosigners/outlook")
@permission("case_party")
@cosigning.arguments(AskQuestion, location="query")
@cosigning.response(200, CosignPlanAnswer)
def asking_outlook(question: dict, task_id: str) -> dict:
    """What asking these people to sign would change."""
    return _foreseen(AskCosigners(task_id=task_id, to=tuple(question["to"]), mode=question["mode"]))


@cosigning.post("/tasks/<task_id>/cosigners")
@permission("case_party")
@cosigning.arguments(AskOrder)
@cosigning.response(200, Asked)
def ask(order: dict, task_id: str) -> dict:
    """Ask people to sign a task of yours: before you write, while you do, or once you have handed it in."""
    return {"id": task_id, "asked": run(AskCosigners(task_id=task_id, **{**order, "to": tuple(order["to"])}))}


@cosigning.get("/tasks/<task_id>/cosigners/removal")
@permission("case_party")
@cosigning.arguments(RemovalQuestion, location="query")
@cosigning.response(200, CosignPlanAnswer)
def removal_outlook(question: dict, task_id: str) -> dict:
    """What taking somebody off again would change."""
    return _foreseen(RemoveCosigner(task_id=task_id, reason="", **question))


@cosigning.post("/tasks/<task_id>/cosigners/removal")
@permission("case_party")
@cosigning.arguments(RemovalOrder)
@cosigning.response(200, Signed)
def remove(order: dict, task_id: str) -> dict:
    """Take somebody off who was asked to sign and has not yet, with the reason that they are told."""
    run(RemoveCosigner(task_id=task_id, **order))
    return {"id": task_id}


@cosigning.post("/tasks/<task_id>/sign")
@permission("case_party")
@cosigning.arguments(SignOrder)
@cosigning.response(200, Signed)
def sign(order: dict, task_id: str) -> dict:
    """Say whether you agree with a task that you were asked to sign, and why."""
    return {"id": task_id, "case_id": run(SignTask(task_id=task_id, **order))}


@cosigning.post("/tasks/<task_id>/take-back-hand-in")
@permission("case_party")
@cosigning.arguments(TakingBack)
@cosigning.response(200, TaskState)
def take_back_hand_in(order: dict, task_id: str) -> dict:
    """Take a task back from those who are signing it, to change it."""
    run(TakeBackHandIn(task_id=task_id, **order))
    return {"id": task_id, "state": "claimed", "assignee": the_actor().username}


def _foreseen(command: AskCosigners | RemoveCosigner) -> dict[str, Any]:
    plan: CosignPlan = the_engine().foresee(command, actor=the_actor())
    more = {"plan": plan.fingerprint, "possible": not plan.problems, "told": list((plan.told or {}).values())}
    return {**vars(plan), **more, "problems": [problem_entry(problem) for problem in plan.problems]}

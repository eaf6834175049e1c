"""What I keep an eye on, and when somebody wants to look at a task again."""

from flask import Response
from marshmallow import fields

from api.blueprint import ApiBlueprint
from api.idempotency import run
from api.permissions import permission
from api.schemas.fields import Question
from engine.commands.follow import Follow
from engine.commands.set_follow_up import SetFollowUp
from engine.commands.unfollow import Unfollow

follows = ApiBlueprint("follows", "What I keep an eye on.")


class FollowUpQuestion(Question):
    on = fields.Date(required=True, allow_none=True, metadata={"description": "today or later; null for no such day"})


@follows.put("/cases/<case_id>/follow")
@permission("case_party")
@follows.response(204)
def follow_case(case_id: str) -> Response:
    """Keep an eye on a case; its open tasks are in the view `followed`."""
    run(Follow(case_id=case_id))
    return Response(status=204)


@follows.delete("/cases/<case_id>/follow")
@permission("case_party")
@follows.response(204)
def unfollow_case(case_id: str) -> Response:
    """Follow a case no longer."""
    run(Unfollow(case_id=case_id))
    return Response(status=204)


@follows.put("/tasks/<task_id>/follow")
@permission("case_party")
@follows.response(204)
def follow_task(task_id: str) -> Response:
    """Keep an eye on one task."""
    run(Follow(task_id=task_id))
    return Response(status=204)


@follows.delete("/tasks/<task_id>/follow")
@permission("case_party")
@follows.response(204)
def unfollow_task(task_id: str) -> Response:
    """Follow a task no longer."""
    run(Unfollow(task_id=task_id))
    return Response(status=204)


@follows.post("/tasks/<task_id>/follow-up")
@permission("case_party")
@follows.arguments(FollowUpQuestion)
@follows.response(204)
def set_follow_up(question: dict, task_id: str) -> Response:
    """Note the day on which to look at a task again; its deadline stays what it is."""
    run(SetFollowUp(task_id=task_id, on=question["on"]))
    return Response(status=204)

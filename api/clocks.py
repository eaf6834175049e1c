"""Deadlines can be stopped for a while, with a reason and an end."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.idempotency import run
from api.permissions import permission
from api.schemas.clocks import PauseQuestion
from engine.commands.pause_clock import PauseClock
from engine.commands.resume_clock import ResumeClock

clocks = ApiBlueprint("clocks", "Deadlines can be stopped for a while.")


@clocks.post("/clocks/<clock_id>/pause")
@permission("oversight")
@clocks.arguments(PauseQuestion)
@clocks.response(204)
def pause(question: dict, clock_id: str) -> Response:
    """Stop a deadline until a day, where its rule allows that."""
    run(PauseClock(clock_id=clock_id, **question))
    return Response(status=204)


@clocks.post("/clocks/<clock_id>/resume")
@permission("oversight")
@clocks.response(204)
def resume(clock_id: str) -> Response:
    """Let a stopped deadline run on."""
    run(ResumeClock(clock_id=clock_id))
    return Response(status=204)

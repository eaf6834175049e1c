"""Codes with which an enterprise confirms on the spot, on its own device, what an expert shows it."""

from typing import Any

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.errors import problem_entry
from api.idempotency import run
from api.permissions import permission
from api.schemas.spot_codes import ConfirmQuestion, ShownCodeAnswer, SpotFileAnswer
from api.schemas.tasks import Completed
from engine.commands.confirm_on_the_spot import ConfirmOnTheSpot
from engine.commands.show_spot_code import ShowSpotCode
from engine.queries.spot_codes import spot_file, task_of_code
from engine.spot_codes import SpotPlace

spot_codes = ApiBlueprint("spot_codes", "Confirming on the spot.")


@spot_codes.post("/tasks/<task_id>/spot-code")
@permission("case_party")
@spot_codes.response(201, ShownCodeAnswer)
def show(task_id: str) -> object:
    """A code for a task of others, good once and for ten minutes; it is in this answer and nowhere else."""
    return run(ShowSpotCode(task_id=task_id))


@spot_codes.get("/spot-codes/<spot_code>")
@permission("signed_in")
@spot_codes.response(200, SpotFileAnswer)
def file(spot_code: str) -> object:
    """For which task a code is good, and who shows it."""
    engine = the_engine()
    with engine.reading() as session:
        return spot_file(session, the_actor(), spot_code, now=engine.now())


@spot_codes.post("/spot-codes/<spot_code>/confirm")
@permission("signed_in")
@spot_codes.arguments(ConfirmQuestion)
@spot_codes.response(200, Completed)
def confirm(question: dict, spot_code: str) -> dict[str, Any]:
    """Hand in the task that a code is good for, under your own login; the code is used up."""
    where = question["place"]
    place = SpotPlace.of(where["latitude"], where["longitude"], where["accuracy_m"]) if where else None
    with the_engine().reading() as session:
        task_id = task_of_code(session, the_actor(), spot_code)
    done = run(ConfirmOnTheSpot(code=spot_code, answers=question["answers"], place=place))
    warnings = [problem_entry(w) for w in done.warnings]
    state = "claimed" if done.is_signed_first else "completed"
    return {"id": task_id, "case_id": done.case_id, "state": state, "warnings": warnings}

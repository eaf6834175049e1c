"""The register of experts (特派指导员名册)."""

from datetime import date
from typing import Any

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.experts import (
    ExpertAbsenceQuestion,
    ExpertAnswer,
    ExpertListQuestion,
    ExpertQuestion,
    ExpertRowAnswer,
    ExpertStatusQuestion,
)
from api.schemas.fields import SHANGHAI
from api.schemas.registry import VersionAnswer
from engine.commands.end_expert_absence import EndExpertAbsence
from engine.commands.enter_expert import EnterExpert
from engine.commands.set_expert_absence import SetExpertAbsence
from engine.commands.set_expert_status import SetExpertStatus
from engine.queries.experts import ExpertFile, ExpertFilter, expert_file
from engine.queries.experts import experts as find_experts

experts = ApiBlueprint("experts", "The register of experts.")


@experts.get("/experts")
@permission("experts")
@experts.arguments(ExpertListQuestion, location="query")
@experts.response(200, page_of(ExpertRowAnswer))
def expert_list(question: dict) -> object:
    """One page of the register, by name; those who were dismissed only when they are asked for."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    with the_engine().reading() as session:
        return find_experts(session, the_actor(), filters=ExpertFilter(**question), today=_today(), **page)


@experts.get("/experts/<person_id>")
@permission("signed_in")
@experts.response(200, ExpertAnswer)
def expert(person_id: str) -> ExpertFile:
    """One line of the register; experts read their own."""
    with the_engine().reading() as session:
        return expert_file(session, the_actor(), person_id, today=_today())


@experts.put("/experts/<person_id>")
@permission("experts")
@experts.arguments(ExpertQuestion)
@experts.response(200, VersionAnswer)
def enter(question: dict, person_id: str) -> dict:
    """Enter somebody, or change their line; `version` is the one that was read."""
    seen, answers = question.pop("version"), _answers(question)
    answers["fields"] = "、".join(question["fields"])
    return {"version": run(EnterExpert(person_id=person_id, answers=answers, seen=seen))}


@experts.post("/experts/<person_id>/absence")
@permission("signed_in")
@experts.arguments(ExpertAbsenceQuestion)
@experts.response(204)
def be_absent(question: dict, person_id: str) -> Response:
    """Say from when until when an expert is not to be dispatched; the expert can, and who keeps the register."""
    run(SetExpertAbsence(person_id=person_id, answers=_answers(question)))
    return Response(status=204)


@experts.delete("/experts/<person_id>/absence")
@permission("signed_in")
@experts.response(204)
def be_back(person_id: str) -> Response:
    """Take back an absence that lasts or is still to come."""
    run(EndExpertAbsence(person_id=person_id))
    return Response(status=204)


@experts.post("/experts/<person_id>/status")
@permission("experts")
@experts.arguments(ExpertStatusQuestion)
@experts.response(204)
def set_status(question: dict, person_id: str) -> Response:
    """Suspend or dismiss an expert, or take them back, with the reason."""
    run(SetExpertStatus(person_id=person_id, **question))
    return Response(status=204)


def _today() -> date:
    return the_engine().now().astimezone(SHANGHAI).date()


def _answers(question: dict) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in question.items()}

"""Who acts for whom while somebody is away (代理)."""

from datetime import date
from typing import Any

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.registry import IdAnswer, TasksBackAnswer
from api.schemas.stand_ins import EndStandInQuestion, StandInAnswer, StandInQuestion
from engine.commands.end_stand_in import EndStandIn
from engine.commands.name_stand_in import NameStandIn
from engine.queries.stand_ins import stand_ins as find_stand_ins

stand_ins = ApiBlueprint("stand_ins", "Who acts for whom while somebody is away.")


@stand_ins.get("/me/stand-ins")
@permission("signed_in")
@stand_ins.arguments(PageQuestion, location="query")
@stand_ins.response(200, page_of(StandInAnswer))
def mine(question: dict) -> object:
    """Who stands in for you, and for whom you stand in; the latest period first."""
    return _page(question)


@stand_ins.post("/me/stand-ins")
@permission("signed_in")
@stand_ins.arguments(StandInQuestion)
@stand_ins.response(201, IdAnswer)
def name_mine(question: dict) -> dict:
    """Let a colleague of your line of work act for you while you are away."""
    return {"id": run(NameStandIn(answers=_answers(question)))}


@stand_ins.get("/people/<person_id>/stand-ins")
@permission("registry")
@stand_ins.arguments(PageQuestion, location="query")
@stand_ins.response(200, page_of(StandInAnswer))
def of_person(question: dict, person_id: str) -> object:
    """The same for somebody."""
    return _page(question, person_id=person_id)


@stand_ins.post("/people/<person_id>/stand-ins")
@permission("security")
@stand_ins.arguments(StandInQuestion)
@stand_ins.response(201, IdAnswer)
def name_for(question: dict, person_id: str) -> dict:
    """Name who acts for somebody who is away."""
    return {"id": run(NameStandIn(answers=_answers(question), person_id=person_id))}


@stand_ins.post("/stand-ins/<stand_in_id>/end")
@permission("signed_in")
@stand_ins.arguments(EndStandInQuestion)
@stand_ins.response(200, TasksBackAnswer)
def end(question: dict, stand_in_id: str) -> dict:
    """End or decline it before its last day; either of the two may, the security administrator with a reason."""
    return {"tasks": run(EndStandIn(stand_in_id=stand_in_id, **question))}


def _page(question: dict, **whose: str) -> object:
    engine = the_engine()
    with engine.reading() as session:
        return find_stand_ins(session, the_actor(), now=engine.now(), **whose, **question)


def _answers(question: dict) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in question.items()}

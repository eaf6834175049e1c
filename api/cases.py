"""Cases: start, find, read, stop."""

from dataclasses import fields

from flask import Response, url_for

from api.blueprint import ApiBlueprint, takes_header
from api.current import the_actor, the_engine
from api.etags import ETAG_HEADER, IF_NONE_MATCH, tag_of, tagged
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.cases import (
    CaseAlone,
    CaseAnswer,
    CaseListQuestion,
    CaseStarted,
    CaseStatus,
    PartyQuestion,
    ReasonQuestion,
    StartQuestion,
)
from engine.commands.appoint_parties import AppointParties
from engine.commands.cancel_case import CancelCase
from engine.commands.resume_case import ResumeCase
from engine.commands.start_case import StartCase
from engine.commands.suspend_case import SuspendCase
from engine.errors import NotFound
from engine.queries.case_file import case_file
from engine.queries.cases import CaseFilter
from engine.queries.cases import cases as find_cases

cases = ApiBlueprint("cases", "Cases: start, find, read, stop.")
_ALONE = CaseAlone()


@cases.get("/cases")
@permission("signed_in")
@cases.arguments(CaseListQuestion, location="query")
@cases.response(200, page_of(CaseAnswer))
def case_list(question: dict) -> object:
    """One page of the cases this person may see, newest first."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    engine = the_engine()
    with engine.reading() as session:
        return find_cases(session, the_actor(), filters=CaseFilter(**question), catalogue=engine.catalogue, **page)


@cases.post("/cases")
@permission("signed_in")
@cases.arguments(StartQuestion)
@cases.response(201, CaseStarted(partial=True))
def start(question: dict) -> tuple[dict, int, dict]:
    """Start a case; `variables` are the answers of the start form. Who has no part in it is told its id only."""
    parties = {role: tuple(names) for role, names in question["parties"].items()}
    command = StartCase(
        process=question["process"],
        answers=question["variables"],
        parties=parties,
        enterprise=question["enterprise"],
    )
    case_id = run(command)
    return _started(case_id), 201, {"Location": url_for("cases.case", case_id=case_id)}


@cases.get("/cases/<case_id>")
@permission("case_party")
@takes_header(IF_NONE_MATCH)
@cases.alt_response(304, description="Not modified")
@cases.response(200, CaseAlone, headers=ETAG_HEADER)
def case(case_id: str) -> Response:
    """One case with its stages, open tasks, what this person may start in it and may do with it."""
    body = _ALONE.dump(_read(case_id))
    return tagged(body, tag=tag_of(body))


@cases.post("/cases/<case_id>/cancel")
@permission("oversight")
@cases.arguments(ReasonQuestion)
@cases.response(200, CaseStatus)
def cancel(question: dict, case_id: str) -> dict:
    """End a case early, with the reason that goes into the history."""
    run(CancelCase(case_id=case_id, **question))
    return {"id": case_id, "status": "cancelled"}


@cases.post("/cases/<case_id>/suspend")
@permission("oversight")
@cases.arguments(ReasonQuestion)
@cases.response(200, CaseStatus)
def suspend(question: dict, case_id: str) -> dict:
    """Stop a case for a while; nothing in it can be done until it is resumed."""
    run(SuspendCase(case_id=case_id, **question))
    return {"id": case_id, "status": "suspended"}


@cases.post("/cases/<case_id>/resume")
@permission("oversight")
@cases.arguments(ReasonQuestion)
@cases.response(200, CaseStatus)
def resume(question: dict, case_id: str) -> dict:
    """Let a suspended case go on."""
    run(ResumeCase(case_id=case_id, **question))
    return {"id": case_id, "status": "running"}


@cases.post("/cases/<case_id>/parties")
@permission("oversight")
@cases.arguments(PartyQuestion)
@cases.response(200, CaseAlone)
def appoint(question: dict, case_id: str) -> dict:
    """Say who holds a role of the case from now on."""
    run(
        AppointParties(
            case_id=case_id, role=question["role"], persons=tuple(question["persons"]), reason=question["reason"]
        )
    )
    return _read(case_id)


def _started(case_id: str) -> dict:
    try:
        return _read(case_id)
    except NotFound:
        return {"id": case_id}


def _read(case_id: str) -> dict:
    engine = the_engine()
    with engine.reading() as session:
        found = case_file(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())
    row = {field.name: getattr(found.case, field.name) for field in fields(found.case)}
    lists = {"stages": found.stages, "tasks": found.tasks, "initiatives": found.initiatives, "links": found.links}
    return {**row, **lists, "actions": found.actions}

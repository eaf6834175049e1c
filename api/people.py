"""The register of people."""

from typing import Any

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.registry import (
    ActPage,
    DepartureAnswer,
    EditPersonQuestion,
    IdAnswer,
    LeavingQuestion,
    NewPersonQuestion,
    PersonFileAnswer,
    PersonLineAnswer,
    PersonListQuestion,
    ReasonOnlyQuestion,
    VersionAnswer,
)
from engine.commands.add_person import AddPerson
from engine.commands.edit_person import EditPerson
from engine.commands.record_leaving import RecordLeaving
from engine.commands.reinstate_person import ReinstatePerson
from engine.leaving import Departure
from engine.queries.administration import acts_about
from engine.queries.people_register import PersonFile, PersonFilter, person_file
from engine.queries.people_register import people as find_people

people = ApiBlueprint("people", "The register of people.")


@people.get("/people")
@permission("registry")
@people.arguments(PersonListQuestion, location="query")
@people.response(200, page_of(PersonLineAnswer))
def person_list(question: dict) -> object:
    """One page of people, by name; those who left only when they are asked for."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    with the_engine().reading() as session:
        return find_people(session, the_actor(), filters=PersonFilter(**question), **page)


@people.post("/people")
@permission("admin")
@people.arguments(NewPersonQuestion)
@people.response(201, IdAnswer)
def add(question: dict) -> dict:
    """Enter a person, who may do nothing yet."""
    return {"id": run(AddPerson(answers=question))}


@people.get("/people/<person_id>")
@permission("registry")
@people.response(200, PersonFileAnswer)
def person(person_id: str) -> PersonFile:
    """One person with memberships, logins and open party roles."""
    return _file(person_id)


@people.put("/people/<person_id>")
@permission("admin")
@people.arguments(EditPersonQuestion)
@people.response(200, VersionAnswer)
def edit(question: dict, person_id: str) -> dict:
    """Change name, mobile, post or place of work; `version` is the one that was read."""
    answers: dict[str, Any] = {name: value for name, value in question.items() if name != "version"}
    return {"version": run(EditPerson(person_id=person_id, answers=answers, seen=question["version"]))}


@people.post("/people/<person_id>/leaving")
@permission("admin")
@people.arguments(LeavingQuestion)
@people.response(200, DepartureAnswer)
def leave(question: dict, person_id: str) -> Departure:
    """A person leaves: access ends at once, tasks go back, open party roles are listed."""
    return run(RecordLeaving(person_id=person_id, **question))


@people.post("/people/<person_id>/return")
@permission("admin")
@people.arguments(ReasonOnlyQuestion)
@people.response(204)
def reinstate(question: dict, person_id: str) -> Response:
    """Take a person back who left, without roles and password."""
    run(ReinstatePerson(person_id=person_id, **question))
    return Response(status=204)


@people.get("/people/<person_id>/acts")
@permission("registry")
@people.arguments(PageQuestion, location="query")
@people.response(200, ActPage)
def acts(question: dict, person_id: str) -> object:
    """What administrators did about them, newest first."""
    _file(person_id)
    with the_engine().reading() as session:
        return acts_about(session, the_actor(), f"person:{person_id}", **question)


def _file(person_id: str) -> PersonFile:
    engine = the_engine()
    with engine.reading() as session:
        return person_file(session, the_actor(), person_id, now=engine.now())

"""The register of organisations."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.registry import (
    ActPage,
    IdAnswer,
    OrganisationAloneAnswer,
    OrganisationEditQuestion,
    OrganisationLineAnswer,
    OrganisationListQuestion,
    OrganisationQuestion,
    VersionAnswer,
)
from engine.commands.add_organisation import AddOrganisation
from engine.commands.edit_organisation import EditOrganisation
from engine.queries.administration import acts_about
from engine.queries.organisations import OrganisationFilter, organisation_file
from engine.queries.organisations import organisations as find_organisations

organisations = ApiBlueprint("organisations", "The register of organisations.")


@organisations.get("/organisations")
@permission("registry")
@organisations.arguments(OrganisationListQuestion, location="query")
@organisations.response(200, page_of(OrganisationLineAnswer))
def organisation_list(question: dict) -> object:
    """One page of organisations, by kind and name."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    with the_engine().reading() as session:
        return find_organisations(session, the_actor(), filters=OrganisationFilter(**question), **page)


@organisations.post("/organisations")
@permission("admin")
@organisations.arguments(OrganisationQuestion)
@organisations.response(201, IdAnswer)
def add(question: dict) -> dict:
    """Enter an enterprise, a town or an office."""
    return {"id": run(AddOrganisation(**question))}


@organisations.get("/organisations/<organisation_id>")
@permission("registry")
@organisations.response(200, OrganisationAloneAnswer)
def organisation(organisation_id: str) -> object:
    """One organisation with what is on file about it."""
    with the_engine().reading() as session:
        return organisation_file(session, the_actor(), organisation_id)


@organisations.put("/organisations/<organisation_id>")
@permission("admin")
@organisations.arguments(OrganisationEditQuestion)
@organisations.response(200, VersionAnswer)
def edit(question: dict, organisation_id: str) -> dict:
    """Change what is on file; `version` is the one that was read."""
    command = EditOrganisation(organisation_id=organisation_id, answers=question["answers"], seen=question["version"])
    return {"version": run(command)}


@organisations.get("/organisations/<organisation_id>/acts")
@permission("registry")
@organisations.arguments(PageQuestion, location="query")
@organisations.response(200, ActPage)
def acts(question: dict, organisation_id: str) -> object:
    """What administrators did about it, newest first."""
    with the_engine().reading() as session:
        organisation_file(session, the_actor(), organisation_id)
        return acts_about(session, the_actor(), f"organisation:{organisation_id}", **question)

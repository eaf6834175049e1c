"""What workers say together: an anonymous survey, and a demand that they sign by name."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.gatherings import DemandAnswer, SignatoryAnswer, SurveyAnswer
from engine.commands.sign_demand import SignDemand
from engine.commands.withdraw_signature import WithdrawSignature
from engine.queries.demands import DemandFile, demand_file
from engine.queries.demands import signatories as find
from engine.queries.surveys import SurveyFile, survey_file

gatherings = ApiBlueprint("gatherings", "Anonymous surveys among the workers, and demands that they sign.")


@gatherings.get("/surveys/<survey_id>")
@permission("signed_in")
@gatherings.response(200, SurveyAnswer)
def survey(survey_id: str) -> SurveyFile:
    """What is asked and until when; the result once counted. Sheets go to `/ballots/<id>/tickets` and `/votes`."""
    with the_engine().reading() as session:
        return survey_file(session, the_actor(), survey_id, safe=the_engine().safe)


@gatherings.get("/demands/<demand_id>")
@permission("signed_in")
@gatherings.response(200, DemandAnswer)
def demand(demand_id: str) -> DemandFile:
    """What is demanded, how many have signed and how many must."""
    with the_engine().reading() as session:
        return demand_file(session, the_actor(), demand_id)


@gatherings.post("/demands/<demand_id>/signature")
@permission("signed_in")
@gatherings.response(200, DemandAnswer)
def sign(demand_id: str) -> DemandFile:
    """Sign; the last signature that is needed ends the collection."""
    run(SignDemand(demand_id=demand_id))
    return demand(demand_id)


@gatherings.delete("/demands/<demand_id>/signature")
@permission("signed_in")
@gatherings.response(200, DemandAnswer)
def withdraw(demand_id: str) -> DemandFile:
    """Withdraw the own signature, as long as the collection runs."""
    run(WithdrawSignature(demand_id=demand_id))
    return demand(demand_id)


@gatherings.get("/demands/<demand_id>/signatories")
@permission("signed_in")
@gatherings.arguments(PageQuestion, location="query")
@gatherings.response(200, page_of(SignatoryAnswer))
def signatories(question: dict, demand_id: str) -> object:
    """One page of those who have signed, for the union, once enough have."""
    with the_engine().reading() as session:
        return find(session, the_actor(), demand_id, **question)

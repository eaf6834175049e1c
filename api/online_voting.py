"""Online voting of enterprises, switched off and on by the union."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.online_voting import OnlineVotingAnswer, OnlineVotingListQuestion, SwitchQuestion
from engine.commands.switch_online_voting import SwitchOnlineVoting
from engine.queries.online_voting import online_voting as find
from engine.queries.online_voting import online_voting_of

online_voting = ApiBlueprint("online voting", "Which enterprises may vote online, for town unions and the city union.")


@online_voting.get("/online-voting")
@permission("oversight")
@online_voting.arguments(OnlineVotingListQuestion, location="query")
@online_voting.response(200, page_of(OnlineVotingAnswer))
def enterprises(question: dict) -> object:
    """One page of the enterprises that this official watches over, by name."""
    with the_engine().reading() as session:
        return find(session, the_actor(), **question)


@online_voting.put("/online-voting/<enterprise_id>")
@permission("oversight")
@online_voting.arguments(SwitchQuestion)
@online_voting.response(200, OnlineVotingAnswer)
def switch(question: dict, enterprise_id: str) -> object:
    """Switch it off, or on again, with a reason; a ballot that is open goes on."""
    run(SwitchOnlineVoting(enterprise_id=enterprise_id, **question))
    with the_engine().reading() as session:
        row, _ = online_voting_of(session, the_actor(), enterprise_id)
    return row

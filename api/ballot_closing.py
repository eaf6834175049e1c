"""What scrutineers do: hand out paper, remind, close, abort."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.permissions import permission
from api.schemas.ballot_closing import (
    AbortQuestion,
    BallotClosingAnswer,
    BallotStateAnswer,
    CloseQuestion,
    PaperVoterQuestion,
    VoterList,
    VoterQuestion,
)
from engine.commands.abort_ballot import AbortBallot
from engine.commands.close_ballot import CloseBallot
from engine.commands.mark_paper_voter import MarkPaperVoter
from engine.commands.remind_voters import RemindVoters
from engine.queries.ballot_closing import BallotClosing, ballot_closing, voters_named

closing = ApiBlueprint("ballot_closing", "Secret ballots: what their scrutineers do.")


@closing.get("/ballots/<ballot_id>/closing")
@permission("signed_in")
@closing.response(200, BallotClosingAnswer)
def look(ballot_id: str) -> BallotClosing:
    """For scrutineers and those in charge: who has confirmed, what may be done now; never a count by choice."""
    return _read(ballot_id)


@closing.get("/ballots/<ballot_id>/voters")
@permission("signed_in")
@closing.arguments(VoterQuestion, location="query")
@closing.response(200, VoterList)
def voters(question: dict, ballot_id: str) -> dict:
    """For scrutineers: the first twenty on the roll whose name begins so; who has a ticket is not told."""
    with the_engine().reading() as session:
        return {"items": voters_named(session, the_actor(), ballot_id, question["name"])}


@closing.post("/ballots/<ballot_id>/paper-voters")
@permission("signed_in")
@closing.arguments(PaperVoterQuestion)
@closing.response(200, BallotClosingAnswer)
def give_paper(question: dict, ballot_id: str) -> BallotClosing:
    """Give a paper ballot to somebody on the roll of a mixed ballot, who then cannot vote online."""
    run(MarkPaperVoter(ballot_id=ballot_id, **question))
    return _read(ballot_id)


@closing.post("/ballots/<ballot_id>/reminders")
@permission("signed_in")
@closing.response(200, BallotClosingAnswer)
def remind(ballot_id: str) -> BallotClosing:
    """Remind those who have taken neither a ticket nor a paper ballot."""
    run(RemindVoters(ballot_id=ballot_id))
    return _read(ballot_id)


@closing.post("/ballots/<ballot_id>/close")
@permission("signed_in")
@closing.arguments(CloseQuestion)
@closing.response(200, BallotStateAnswer)
def close(question: dict, ballot_id: str) -> dict:
    """Confirm as a scrutineer that the ballot may close; the second one closes it, and it is counted."""
    return {"id": ballot_id, "state": run(CloseBallot(ballot_id=ballot_id, **question))}


@closing.post("/ballots/<ballot_id>/abort")
@permission("signed_in")
@closing.arguments(AbortQuestion)
@closing.response(200, BallotStateAnswer)
def abort(question: dict, ballot_id: str) -> dict:
    """Break the ballot off, for scrutineers and those in charge: the box is thrown away unread."""
    run(AbortBallot(ballot_id=ballot_id, **question))
    return {"id": ballot_id, "state": "aborted"}


def _read(ballot_id: str) -> BallotClosing:
    engine = the_engine()
    with engine.reading() as session:
        kit = {"catalogue": engine.catalogue, "safe": engine.safe, "now": engine.now()}
        return ballot_closing(session, the_actor(), ballot_id, **kit)

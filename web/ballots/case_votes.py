"""Ballots where somebody comes across them: 表决 on the page of a case, and on the worklist of a scrutineer."""

from flask import Blueprint

from engine.queries.ballots_to_close import BallotToClose, ballots_to_close
from engine.queries.case_ballots import case_ballots
from web import door
from web.case_page import page_of_case
from web.permission import permission

screen = Blueprint("case_votes", __name__)


@screen.get("/cases/<case_id>/ballots")
@permission("case_party")
def show(case_id: str) -> str:
    """How far each vote is from its quorum; after the count what came out, and all that proves it."""
    with door.reading() as session:
        return page_of_case(session, case_id, "ballots", ballots=case_ballots(session, door.actor(), case_id))


def my_ballots_to_close() -> tuple[BallotToClose, ...]:
    with door.reading() as session:
        return ballots_to_close(session, door.actor(), now=door.now())

"""The way of a voter: may I vote, the vote, the receipt. The vote itself goes to the JSON edge, without login."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.queries.ballots import BallotFile, ballot_file
from engine.queries.my_ballots import VoterBallot, ballots_of_voter
from web import door
from web.ballots import words
from web.permission import permission

screen = Blueprint("voting", __name__)


@screen.get("/ballots/<ballot_id>")
@permission("signed_in")
def start(ballot_id: str) -> str:
    """Who I am, whether I may vote, by which rule and until when, what is secret and what is not."""
    return page("start", ballot(ballot_id))


@screen.get("/ballots/<ballot_id>/vote")
@permission("signed_in")
def vote(ballot_id: str) -> str | Response:
    shown = ballot(ballot_id)
    allowed = words.standing(shown)
    if allowed == "may":
        return page("vote", shown)
    # A vote that waits on this device may have arrived in time: the page of receipts asks for it.
    where = "start" if allowed in ("not_on_roll", "on_paper") else "receipt"
    return redirect(url_for(f"pages.voting.{where}", ballot_id=ballot_id))


@screen.get("/ballots/<ballot_id>/receipt")
@permission("signed_in")
def receipt(ballot_id: str) -> str:
    """The receipt that this device keeps and, after the count, the paper on the board."""
    return page("receipt", ballot(ballot_id))


def ballot(ballot_id: str) -> BallotFile:
    with door.reading() as session:
        return ballot_file(session, door.actor(), ballot_id, safe=door.engine().safe)


def page(name: str, shown: BallotFile, **more: Any) -> str:
    return render_template(f"ballots/{name}.html", ballot=shown, standing=words.standing(shown), part=name, **more)


def my_ballots(case_id: str | None = None) -> tuple[VoterBallot, ...]:
    """For the cards on the worklist and on the page of a case."""
    with door.reading() as session:
        return ballots_of_voter(session, door.actor(), now=door.now(), case_id=case_id)

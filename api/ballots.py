"""The secret ballot: a voter takes a ticket with a login, and votes without one."""

import base64
import binascii

from flask import Response, request

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.permissions import permission
from api.schemas.ballots import BallotAnswer, ReceiptAnswer, TicketAnswer, TicketQuestion, VoteQuestion
from engine.ballots.casting import Receipt
from engine.ballots.tickets import BlindedValueWrong
from engine.commands.issue_ticket import IssueTicket
from engine.errors import NotAllowed, Problem
from engine.queries.ballots import BallotFile, ballot_file, published_board

ballots = ApiBlueprint("ballots", "Secret ballots: tickets, votes, and what is published afterwards.")


class VoteWithLogin(NotAllowed):
    """A vote was sent together with a login or a cookie; it must come without, so that nobody is joined with it."""


@ballots.get("/ballots/<ballot_id>")
@permission("signed_in")
@ballots.response(200, BallotAnswer)
def ballot(ballot_id: str) -> BallotFile:
    """What is voted on, by which rule, until when; how many took part, and the result once it is counted."""
    with the_engine().reading() as session:
        return ballot_file(session, the_actor(), ballot_id, safe=the_engine().safe)


@ballots.post("/ballots/<ballot_id>/tickets")
@permission("signed_in")
@ballots.arguments(TicketQuestion)
@ballots.response(200, TicketAnswer)
def take_ticket(question: dict, ballot_id: str) -> dict:
    """Have a blinded key signed, once a voter; the same key again gets the same signature."""
    command = IssueTicket(ballot_id=ballot_id, blinded=_decoded(question["blinded"]))
    return {"blind_signature": the_engine().run(command, actor=the_actor())}


@ballots.post("/ballots/<ballot_id>/votes")
@permission("public")
@ballots.arguments(VoteQuestion)
@ballots.response(200, ReceiptAnswer)
def cast_vote(question: dict, ballot_id: str) -> Receipt:
    """Cast a vote, without login and without cookies; the same vote again gets the same receipt."""
    if request.cookies or "Authorization" in request.headers:
        raise VoteWithLogin
    return the_engine().casting.cast(ballot_id, question)


@ballots.get("/ballots/<ballot_id>/board")
@permission("signed_in")
@ballots.response(200, {"type": "string", "format": "binary"}, content_type="application/jsonl")
def board(ballot_id: str) -> Response:
    """The published board, for `tongban ballot verify`; once the ballot is counted."""
    with the_engine().reading() as session:
        content = published_board(session, the_actor(), ballot_id)
    return download(content, name=f"ballot-{ballot_id}.jsonl", media_type="application/jsonl")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise BlindedValueWrong(problems=[Problem(path="blinded", code="blinded_value")]) from None

"""Ballots as the interface speaks of them; keys, tickets and votes are base64 (docs/ballot-format.md)."""

from marshmallow import fields

from api.schemas.fields import Answer, Moment, Question, required_text


class ProgressAnswer(Answer):
    present = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    met = fields.Boolean(required=True)


class MyPartAnswer(Answer):
    on_roll = fields.Boolean(required=True)
    has_ticket = fields.Boolean(required=True)
    on_paper = fields.Boolean(required=True)
    is_scrutineer = fields.Boolean(required=True)


class BallotAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    case_number = fields.String(required=True)
    enterprise = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    mode = fields.String(required=True, metadata={"description": "online or mixed"})
    state = fields.String(required=True, metadata={"description": "open, stopped, closed, counted or aborted"})
    motions = fields.List(fields.Dict(), required=True)
    rule = fields.Dict(required=True)
    seats = fields.Integer(required=True)
    roll_sha256 = fields.String(required=True)
    opened_at = Moment(required=True)
    closes_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    ticket_key = fields.String(required=True)
    seal_key = fields.String(required=True)
    receipt_key = fields.String(required=True, metadata={"description": "verifies receipts and the board's end"})
    choice_size = fields.Integer(required=True, metadata={"description": "bytes to which a choice is filled up"})
    me = fields.Nested(MyPartAnswer, required=True)
    progress = fields.Nested(
        ProgressAnswer,
        required=True,
        allow_none=True,
        metadata={"description": "who took part, towards the quorum; never how they voted"},
    )
    result = fields.Dict(required=True, allow_none=True, metadata={"description": "null before the count"})
    abort_reason = fields.String(required=True, allow_none=True)


class TicketQuestion(Question):
    blinded = required_text(longest=600, metadata={"description": "the voter's key, blinded (RFC 9474), in base64"})


class TicketAnswer(Answer):
    blind_signature = fields.String(required=True)


class VoteQuestion(Question):
    key = required_text(longest=60)
    token = required_text(longest=600)
    sealed = required_text(longest=60_000)
    proof = required_text(longest=120)


class ReceiptAnswer(Answer):
    ballot_id = fields.String(required=True)
    number = fields.String(required=True)
    entry = fields.String(required=True)
    signature = fields.String(required=True)

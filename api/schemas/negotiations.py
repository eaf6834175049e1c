"""The text that two sides negotiate: clauses, what each side proposes, what happened to them."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, Text, WholeNumber, json_object, optional_text, required_text
from engine.negotiating import LONGEST_HEAD, LONGEST_TEXT

_REASON = 1000


class PieceAnswer(Answer):
    kind = fields.String(required=True, metadata={"description": "same, added or removed"})
    text = fields.String(required=True)


class StepAnswer(Answer):
    id = fields.String(required=True)
    seq = fields.Integer(required=True)
    round = fields.Integer(required=True)
    side = fields.String(required=True, allow_none=True, metadata={"description": "worker or employer"})
    person = fields.String(required=True)
    person_name = fields.String()
    at = Moment(required=True)
    act = fields.String(required=True)
    applies = fields.Boolean(allow_none=True)
    text = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    about_id = fields.String(allow_none=True, metadata={"description": "the text that a consent is about"})
    changes = fields.List(fields.Nested(PieceAnswer), metadata={"description": "from the side's own text before"})


class ClauseAnswer(Answer):
    id = fields.String(required=True)
    position = fields.Integer(required=True)
    head = fields.String(required=True)
    part = fields.String()
    status = fields.String(required=True, metadata={"description": "open, proposed, agreed or parked"})
    revision = fields.Integer(required=True, metadata={"description": "to be sent along with a proposal"})
    worker = fields.Nested(StepAnswer, allow_none=True)
    employer = fields.Nested(StepAnswer, allow_none=True)
    agreed = fields.Nested(StepAnswer, allow_none=True)
    consents = json_object(metadata={"description": "side → id of the text it agrees to"})
    differences = fields.List(fields.Nested(PieceAnswer), metadata={"description": "from the older to the newer text"})
    reopening_asked_by = fields.String(allow_none=True)
    awaits = fields.List(fields.String(), metadata={"description": "the sides that have to move"})


class SeatAnswer(Answer):
    person = fields.String(required=True)
    name = fields.String(required=True)
    side = fields.String(allow_none=True)
    is_chief = fields.Boolean()
    is_entitled = fields.Boolean()
    is_here = fields.Boolean()
    clause_id = fields.String(allow_none=True)


class NegotiationAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    state = fields.String(required=True)
    round = fields.Integer(required=True)
    revision = fields.Integer(required=True, metadata={"description": "grows with every change"})
    side = fields.String(allow_none=True, metadata={"description": "of the caller"})
    may_agree = fields.Boolean()
    sees_all = fields.Boolean(metadata={"description": "false: only what is agreed is shown"})
    clauses = fields.List(fields.Nested(ClauseAnswer), required=True)
    seats = fields.List(fields.Nested(SeatAnswer), required=True)
    actions = json_object(metadata={"description": "act → null, or the code why not"})


class SideNoteAnswer(Answer):
    person_name = fields.String(required=True)
    at = Moment(required=True)
    text = fields.String(required=True)


class ClauseAlone(Answer):
    clause = fields.Nested(ClauseAnswer, required=True)
    steps = fields.List(fields.Nested(StepAnswer), required=True)
    notes = fields.List(fields.Nested(SideNoteAnswer), required=True, metadata={"description": "of the own side"})
    actions = json_object(metadata={"description": "act → null, or the code why not"})


class ProposalQuestion(Question):
    revision = WholeNumber(required=True)
    text = required_text(longest=LONGEST_TEXT)
    applies = fields.Boolean(load_default=True)
    reason = Text(load_default="", validate=validate.Length(max=_REASON))


class ConsentQuestion(Question):
    step = required_text(metadata={"description": "id of the text"})


class WhyQuestion(Question):
    reason = required_text(longest=_REASON)


class ReopeningQuestion(Question):
    agrees = fields.Boolean(required=True)
    reason = Text(load_default="", validate=validate.Length(max=_REASON))


class SideNoteQuestion(Question):
    text = required_text(longest=LONGEST_TEXT)


class HeadQuestion(Question):
    head = required_text(longest=LONGEST_HEAD)


class EntitlementQuestion(Question):
    person = required_text()
    is_entitled = fields.Boolean(required=True)


class PresenceQuestion(Question):
    clause = optional_text(metadata={"description": "id of the clause that the caller is writing on"})

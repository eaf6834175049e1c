"""Surveys and demands as the interface speaks of them; a sheet is cast like a vote, under `/ballots/<id>`."""

from marshmallow import fields

from api.schemas.fields import Answer, Moment


class _GatheringAnswer(Answer):
    id = fields.String(required=True)
    case_number = fields.String(required=True)
    enterprise = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "open, counted or aborted"})
    closes_at = Moment(required=True)
    asked = fields.Integer(required=True, metadata={"description": "how many are on the roll"})
    on_roll = fields.Boolean(required=True)
    abort_reason = fields.String(required=True, allow_none=True)


class SurveyAnswer(_GatheringAnswer):
    questions = fields.List(fields.Dict(), required=True)
    min_cell = fields.Integer(required=True, metadata={"description": "a choice of fewer people is never told"})
    ticket_key = fields.String(required=True)
    seal_key = fields.String(required=True)
    receipt_key = fields.String(required=True)
    choice_size = fields.Integer(required=True, metadata={"description": "bytes to which a sheet is filled up"})
    has_ticket = fields.Boolean(required=True)
    result = fields.Dict(required=True, allow_none=True, metadata={"description": "null before the count"})


class DemandAnswer(_GatheringAnswer):
    text = fields.String(required=True)
    needed = fields.Integer(required=True)
    signed = fields.Integer(
        required=True, allow_none=True, metadata={"description": "null when it ended without enough"}
    )
    reached = fields.Boolean(required=True)
    i_signed = fields.Boolean(required=True)
    sees_names = fields.Boolean(required=True)


class SignatoryAnswer(Answer):
    name = fields.String(required=True)
    username = fields.String(required=True)

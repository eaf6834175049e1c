"""Which enterprises may vote online."""

from marshmallow import fields

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, optional_text, reason


class OnlineVotingListQuestion(PageQuestion):
    text = optional_text(longest=100, data_key="q", metadata={"description": "looks in name and credit code"})
    is_off = fields.Boolean(load_default=None, allow_none=True)


class SwitchAnswer(Answer):
    is_off = fields.Boolean(required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = Moment(required=True)


class OnlineVotingAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    uscc = fields.String(required=True, allow_none=True)
    town = fields.String(required=True, allow_none=True)
    is_off = fields.Boolean(required=True)
    last = fields.Nested(SwitchAnswer, required=True, allow_none=True)


class SwitchQuestion(Question):
    is_off = fields.Boolean(required=True)
    reason = reason()

"""Copies of a case: to whom, by whom, and when they were read."""

from marshmallow import fields, validate

from api.paging import page_of
from api.schemas.fields import Answer, Moment, Question, Text, optional_text, required_text


class CopyAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    case_number = fields.String(required=True)
    case_title = fields.String(required=True)
    task_id = fields.String(required=True, allow_none=True)
    task_name = fields.String(required=True, allow_none=True)
    reader = fields.String(required=True, metadata={"description": "username"})
    reader_name = fields.String(required=True)
    sent_by = fields.String(required=True, metadata={"description": "username"})
    sent_by_name = fields.String(required=True)
    note = fields.String(required=True)
    at = Moment(required=True)
    read_at = Moment(required=True, allow_none=True)


CopiesAnswer = page_of(CopyAnswer)


class SendCopiesQuestion(Question):
    to = fields.List(
        required_text(longest=64),
        required=True,
        validate=validate.Length(min=1, max=50),
        metadata={"description": "usernames"},
    )
    note = Text(load_default="", validate=validate.Length(max=500))
    task_id = optional_text(metadata={"description": "one task of the case; else the case as a whole"})


class CopiesSent(Answer):
    sent = fields.Integer(required=True)

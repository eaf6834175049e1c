"""A note beside a case."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, optional_text, required_text

CIRCLES = ("worker", "employer", "chiefs", "sides", "office", "everybody")


class NoteAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    task_id = fields.String(required=True, allow_none=True)
    circle = fields.String(required=True, metadata={"description": "for whose eyes: " + ", ".join(CIRCLES)})
    text = fields.String(required=True, metadata={"description": "empty when withdrawn"})
    mentions = fields.List(fields.String(), required=True, metadata={"description": "names of those who were told"})
    author = fields.String(required=True)
    author_name = fields.String(required=True)
    on_behalf_of_name = fields.String(allow_none=True)
    at = Moment(required=True)
    is_withdrawn = fields.Boolean(required=True)


class NoteQuestion(Question):
    text = required_text(longest=4_000)
    circle = fields.String(load_default="everybody", validate=validate.OneOf(CIRCLES))
    task_id = optional_text()


class NoteId(Answer):
    id = fields.String(required=True)

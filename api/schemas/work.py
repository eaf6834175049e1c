"""Messages from outside, failed steps, the training clock."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, json_object, required_text


class MessageQuestion(Question):
    name = required_text(longest=100)
    key = required_text(metadata={"description": "correlation key: exactly what the waiting case expects"})
    id = required_text(
        longest=140, metadata={"description": "the sender's own id of this message; sent again, it is a duplicate"}
    )
    payload = json_object(load_default=dict)


class MessageState(Answer):
    state = fields.String(required=True, metadata={"description": "delivered, buffered or duplicate"})


class IncidentListQuestion(PageQuestion):
    state = fields.String(load_default="open", validate=validate.OneOf(("open", "resolved")))


class IncidentAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    case_number = fields.String(allow_none=True)
    element_id = fields.String(required=True, allow_none=True)
    element_name = fields.String(allow_none=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    state = fields.String(required=True)
    created_at = Moment(required=True)
    attempts = fields.Integer()


class IncidentState(Answer):
    id = fields.String(required=True)
    state = fields.String(required=True)


class AdvanceQuestion(Question):
    advance = required_text(longest=40, metadata={"description": "ISO 8601 duration such as P15D or PT6H"})


class ClockReading(Answer):
    now = Moment(required=True)
    fired = fields.Integer(required=True, metadata={"description": "how many deadlines became due"})

"""A case in a list, a case alone, and what can be done with it."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.clocks import ClockAnswer
from api.schemas.fields import Answer, Moment, Question, Text, json_object, optional_text, reason, required_text
from api.schemas.tasks import TaskAnswer

STATUSES = ("running", "suspended", "completed", "cancelled")


class CaseAnswer(Answer):
    id = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    process = fields.String(required=True)
    process_name = fields.String(allow_none=True)
    process_name_en = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "running, suspended, completed or cancelled"})
    stage = fields.String(required=True, allow_none=True)
    stage_name = fields.String(allow_none=True)
    stage_name_en = fields.String(allow_none=True)
    parties = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    enterprise = fields.String(required=True, allow_none=True)
    enterprise_id = fields.String(allow_none=True)
    town = fields.String(allow_none=True)
    created_at = Moment(required=True)
    created_by = fields.String(allow_none=True)
    closed_at = Moment(allow_none=True)
    next_due = fields.Nested(ClockAnswer, allow_none=True)


class StageAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)
    state = fields.String(required=True, metadata={"description": "done, current or ahead"})


class LinkAnswer(Answer):
    kind = fields.String(
        required=True,
        metadata={"description": "next: one goes on where the other ended; support: one was opened to help the other"},
    )
    direction = fields.String(required=True, metadata={"description": "to or from the other case"})
    case_id = fields.String(
        required=True, allow_none=True, metadata={"description": "null for a case that one may not see"}
    )
    number = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)


class CaseAlone(CaseAnswer):
    stages = fields.List(fields.Nested(StageAnswer), required=True)
    tasks = fields.List(fields.Nested(TaskAnswer), required=True)
    initiatives = fields.List(
        fields.Nested(TaskAnswer), required=True, metadata={"description": "what this person may start in the case"}
    )
    links = fields.List(fields.Nested(LinkAnswer), required=True)
    actions = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)


class CaseStarted(CaseAlone):
    """Loaded `partial`: who starts a case without a part in it gets its id only."""


class CaseStatus(Answer):
    id = fields.String(required=True)
    status = fields.String(required=True)


class CaseListQuestion(PageQuestion):
    text = optional_text(metadata={"description": "part of a case number, title or enterprise"})
    status = fields.String(load_default=None, validate=validate.OneOf(STATUSES))
    process = optional_text()
    stage = optional_text()
    town = optional_text()


class StartQuestion(Question):
    process = required_text()
    variables = json_object(load_default=dict, metadata={"description": "the answers of the start form"})
    parties = fields.Dict(
        keys=Text(validate=validate.Length(min=1, max=64)),
        values=fields.List(required_text(), validate=validate.Length(max=500)),
        load_default=dict,
        metadata={"description": "party role → usernames"},
    )
    enterprise = optional_text(metadata={"description": "id, 统一社会信用代码 or name"})


class ReasonQuestion(Question):
    reason = reason()


class PartyQuestion(Question):
    role = required_text(longest=64)
    persons = fields.List(required_text(), required=True, validate=validate.Length(min=1, max=500))
    reason = reason()

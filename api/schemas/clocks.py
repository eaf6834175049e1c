"""A deadline as it is shown: rule, basis, formula, state."""

from marshmallow import fields

from api.schemas.fields import Answer, Moment, Question, reason


class ClockAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    task_id = fields.String(allow_none=True)
    element_id = fields.String(allow_none=True)
    rule = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    name_en = fields.String(allow_none=True)
    state = fields.String(required=True, metadata={"description": "running, paused, fired, met or cancelled"})
    started_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    due_at = Moment(allow_none=True)
    article = fields.String(allow_none=True)
    formula = fields.String(allow_none=True)
    formula_en = fields.String(allow_none=True)
    effect = fields.String(allow_none=True)
    effect_en = fields.String(allow_none=True)
    mark = fields.String(allow_none=True)
    provisional = fields.Boolean()
    paused_reason = fields.String(allow_none=True)
    days_taken = fields.Integer(
        metadata={
            "description": "calendar days from its start until it ended or until today: gross; 0 in lists of tasks"
        }
    )
    days_stood_still = fields.Integer(metadata={"description": "how many of these it stood still: net is the rest"})
    workdays_stood_still = fields.Integer(
        metadata={"description": "working days of its pauses that are over, which a rule may limit"}
    )
    extended_by = fields.Integer(
        allow_none=True, metadata={"description": "what a decision has added, in the unit of the rule's extension"}
    )


class PauseQuestion(Question):
    reason = reason()
    until = fields.Date(required=True)

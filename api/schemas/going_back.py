"""What going back to a step would change, and the order to do it."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, Text, optional_text, reason


class Named(Answer):
    name = fields.String(required=True)
    name_en = fields.String(required=True)


class TargetAnswer(Named):
    task_id = fields.String(required=True)
    element_id = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "who did it"})
    at = Moment(required=True)


class ObstacleAnswer(Answer):
    code = fields.String(required=True)
    message = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    element_name = fields.String(required=True)
    element_name_en = fields.String(required=True)


class OpenedAnswer(Named):
    task_id = fields.String(required=True, metadata={"description": "the task that was done there before"})
    element_id = fields.String(required=True)
    person = fields.String(
        required=True, allow_none=True, metadata={"description": "who does it again; null when it is offered again"}
    )
    groups = fields.List(fields.String(), required=True)


class EndedAnswer(Named):
    task_id = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    is_signature = fields.Boolean(required=True, metadata={"description": "it asked somebody to sign another task"})


class SupersededAnswer(Named):
    task_id = fields.String(required=True)
    person = fields.String(required=True)
    at = Moment(required=True)


class ClockChangeAnswer(Named):
    clock_id = fields.String(required=True, allow_none=True)
    effect = fields.String(required=True, metadata={"description": "stops, goes_on or restarts"})
    due_on = fields.Date(required=True, allow_none=True)


class RemarkAnswer(Answer):
    code = fields.String(required=True, metadata={"description": "used or kept"})
    element_name = fields.String(required=True)
    element_name_en = fields.String(required=True)
    names = fields.List(fields.String(), required=True, metadata={"description": "variables"})


class PlanAnswer(Answer):
    """`plan` is the fingerprint to send with the order; with obstacles it is not `possible`."""

    plan = fields.String(required=True)
    possible = fields.Boolean(required=True)
    target_id = fields.String(required=True)
    target_name = fields.String(required=True)
    target_name_en = fields.String(required=True)
    obstacles = fields.List(fields.Nested(ObstacleAnswer), required=True)
    opened = fields.List(fields.Nested(OpenedAnswer), required=True)
    ended = fields.List(fields.Nested(EndedAnswer), required=True)
    superseded = fields.List(fields.Nested(SupersededAnswer), required=True)
    signed = fields.List(
        fields.String(), required=True, metadata={"description": "ids of what is superseded that are co-signatures"}
    )
    clocks = fields.List(fields.Nested(ClockChangeAnswer), required=True)
    variables = fields.List(fields.String(), required=True, metadata={"description": "that hold again what they held"})
    parties = fields.List(fields.String(), required=True, metadata={"description": "roles that are filled as before"})
    remarks = fields.List(fields.Nested(RemarkAnswer), required=True)
    told = fields.List(fields.String(), required=True, metadata={"description": "names of those who hear of it"})


class ReturnOutlook(Answer):
    steps = fields.List(fields.Nested(TargetAnswer), required=True)
    plan = fields.Nested(PlanAnswer, required=True, allow_none=True)


class ReturnQuestion(Question):
    to = Text(load_default="", metadata={"description": "id of a completed task or of its step; empty for the latest"})


class ReturnOrder(ReturnQuestion):
    reason = reason()
    plan = optional_text(metadata={"description": "the fingerprint that was shown; refused when the case has moved"})


class RecallOrder(Question):
    reason = Text(load_default="", validate=validate.Length(max=500))
    plan = optional_text(metadata={"description": "the fingerprint that was shown; refused when the case has moved"})


class WentBack(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)

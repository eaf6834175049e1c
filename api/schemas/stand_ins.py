"""Who acts for whom while somebody is away."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, Text, reason, required_text


class StandInAnswer(Answer):
    id = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "username of who is away"})
    person_name = fields.String(required=True)
    stand_in = fields.String(required=True, metadata={"description": "username of who acts for them"})
    stand_in_name = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, metadata={"description": "the last day, inclusive"})
    groups = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "what is passed on, `person` for what is addressed by name; null for all of it"},
    )
    processes = fields.Function(
        lambda row: None if row.processes is None else [key for key, _ in row.processes],
        metadata={"type": ["array", "null"], "items": {"type": "string"}, "description": "null for all of them"},
    )
    reason = fields.String(required=True)
    named_by = fields.String(required=True)
    named_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    state = fields.String(required=True, metadata={"description": "coming, in_force, over or ended"})


class StandInQuestion(Question):
    stand_in = required_text(longest=64, metadata={"description": "username"})
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, metadata={"description": "the last day, inclusive"})
    groups = fields.List(required_text(longest=64), load_default=list, validate=validate.Length(max=50))
    processes = fields.List(required_text(longest=100), load_default=list, validate=validate.Length(max=100))
    reason = reason()


class EndStandInQuestion(Question):
    reason = Text(load_default="", validate=validate.Length(max=500))

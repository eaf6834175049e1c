"""What the panels of the designer offer."""

from marshmallow import fields

from api.schemas.fields import Answer, AnyValue

_PROCESSES = {"description": "keys of the processes that use it"}


class ChoiceAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    processes = fields.List(fields.String(), required=True, metadata=_PROCESSES)


class SlotAnswer(Answer):
    name = fields.String(required=True)
    documentation = fields.String(required=True)
    documentation_en = fields.String(required=True)


class ServiceChoiceAnswer(Answer):
    type = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    documentation = fields.String(required=True)
    documentation_en = fields.String(required=True)
    inputs = fields.List(fields.Nested(SlotAnswer), required=True)
    outputs = fields.List(fields.Nested(SlotAnswer), required=True)


class RuleChoiceAnswer(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "clock or setting"})
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    value = AnyValue(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, metadata={"description": "VERIFIED, VERIFIED-2, FROM-MEMORY or PROPOSAL"})


class KitAnswer(Answer):
    groups = fields.List(fields.Nested(ChoiceAnswer), required=True)
    roles = fields.List(fields.Nested(ChoiceAnswer), required=True, metadata={"description": "party roles"})
    services = fields.List(fields.Nested(ServiceChoiceAnswer), required=True)
    rules = fields.List(fields.Nested(RuleChoiceAnswer), required=True)
    forms = fields.List(fields.Nested(ChoiceAnswer), required=True)
    decisions = fields.List(fields.Nested(ChoiceAnswer), required=True)

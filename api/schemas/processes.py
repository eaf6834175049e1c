"""Processes and what comes in to change them."""

from marshmallow import fields, validate

from api.schemas.case_views import SheetAnswer
from api.schemas.fields import Answer, Moment, Question, Text, UploadedFile, json_object, optional_text


class ProcessAnswer(Answer):
    key = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    deployed_at = Moment(allow_none=True)
    may_start = fields.Boolean(required=True)


class ElementAnswer(Answer):
    id = fields.String(required=True)
    type = fields.String(required=True)
    name = fields.String(allow_none=True)
    name_en = fields.String(allow_none=True)
    documentation = fields.String(allow_none=True)
    stage = fields.String(allow_none=True)
    form = fields.String(allow_none=True)
    candidate_groups = fields.List(fields.String())


class StageName(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)


class ProcessAlone(ProcessAnswer):
    documentation = fields.String(allow_none=True)
    stages = fields.List(fields.Nested(StageName), required=True)
    elements = fields.List(fields.Nested(ElementAnswer), required=True)
    forms = fields.List(fields.String(), required=True)
    start_form = fields.String(required=True, allow_none=True)
    diagrams = fields.List(
        fields.Nested(SheetAnswer), required=True, metadata={"description": "the main one first, then those it calls"}
    )


class ProcessList(Answer):
    items = fields.List(fields.Nested(ProcessAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class StartFormQuestion(Question):
    enterprise = optional_text(metadata={"description": "id of one of `enterprises`"})


class EnterpriseAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    uscc = fields.String(allow_none=True)
    town = fields.String(allow_none=True)


class StartFormAnswer(Answer):
    form = fields.String(required=True, allow_none=True)
    schema = fields.Raw(required=True, allow_none=True)
    data = json_object(required=True)
    enterprises = fields.List(fields.Nested(EnterpriseAnswer), required=True)


class CheckQuestion(Question):
    files = fields.List(
        UploadedFile(),
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata={"description": ".bpmn, .dmn, .form and rules .yml files of one process"},
    )


class DeployQuestion(CheckQuestion):
    comment = Text(load_default="", validate=validate.Length(max=1000))


class LintEntry(Answer):
    path = fields.String(required=True, metadata={"description": "the file"})
    severity = fields.String(required=True, metadata={"description": "error, warning or style"})
    code = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    line = fields.Integer(required=True, allow_none=True)
    message = fields.String(required=True)
    fix = fields.String(required=True)


class ReportAnswer(Answer):
    deployable = fields.Boolean(required=True)
    problems = fields.List(fields.Nested(LintEntry), required=True)

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
    documentation_en = fields.String(allow_none=True)
    stage = fields.String(allow_none=True)
    form = fields.String(allow_none=True)
    candidate_groups = fields.List(fields.String())


class StageName(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)


class ProcessAlone(ProcessAnswer):
    documentation = fields.String(allow_none=True)
    documentation_en = fields.String(allow_none=True)
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


class ProvenStep(Answer):
    """`tokens` is where tokens are after the step: at elements, or on flows by which they have come to a join."""

    element_id = fields.String(required=True)
    flows = fields.List(fields.String(), required=True, metadata={"description": "flows along which tokens went"})
    tokens = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    words = fields.String(required=True)


class ProposedFix(Answer):
    """A change that was tried on the diagram and helps, such as `change_gateway`."""

    action = fields.String(required=True)
    element_id = fields.String(required=True)
    to = fields.String(required=True)
    words = fields.String(required=True)


class CounterExampleAnswer(Answer):
    property = fields.String(
        required=True,
        metadata={"description": "option_to_complete, proper_completion, safe or no_dead_element"},
    )
    element_id = fields.String(required=True)
    level_id = fields.String(required=True, metadata={"description": "the process or sub-process it happens in"})
    stuck = fields.List(
        fields.String(), required=True, metadata={"description": "elements and flows where tokens stay"}
    )
    steps = fields.List(fields.Nested(ProvenStep), required=True)
    fixes = fields.List(fields.Nested(ProposedFix), required=True)


class LintEntry(Answer):
    path = fields.String(required=True, metadata={"description": "the file"})
    severity = fields.String(
        required=True, metadata={"description": "error (must be fixed), warning (should be) or style"}
    )
    code = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    line = fields.Integer(required=True, allow_none=True)
    message = fields.String(required=True)
    why = fields.String(metadata={"description": "why it matters; not said of gaps of an import"})
    fix = fields.String(required=True, metadata={"description": "what to do"})
    counter_example = fields.Nested(
        CounterExampleAnswer,
        metadata={"description": "the way to it, when the problem was proven; see docs/soundness.md"},
    )


class ReportAnswer(Answer):
    deployable = fields.Boolean(required=True)
    problems = fields.List(fields.Nested(LintEntry), required=True)

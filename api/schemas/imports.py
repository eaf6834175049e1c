"""A diagram of another tool, and the draft that became of it."""

from marshmallow import fields

from api.schemas.fields import Answer, Question, UploadedFile, optional_text
from api.schemas.processes import LintEntry


class ImportQuestion(Question):
    file = UploadedFile(required=True, metadata={"description": "one .bpmn file of any tool"})
    process = optional_text(metadata={"description": "id of the process to take, when the file has several"})


class DraftFile(Answer):
    path = fields.String(required=True, metadata={"description": "place of the file in a bundle"})
    content = fields.String(required=True)


class ImportAnswer(Answer):
    source_vendor = fields.String(required=True, metadata={"description": "who wrote the file, as far as it shows"})
    process = fields.String(required=True, allow_none=True)
    draft = fields.String(required=True, allow_none=True, metadata={"description": "BPMN; null when refused"})
    files = fields.List(
        fields.Nested(DraftFile), required=True, metadata={"description": "the draft and the forms that lay in it"}
    )
    gaps = fields.List(
        fields.Nested(LintEntry),
        required=True,
        metadata={"description": "what of the file is not in the draft as it was; `line` is of the uploaded file"},
    )
    problems = fields.List(
        fields.Nested(LintEntry),
        required=True,
        metadata={"description": "why it was refused, or what a deployment of the draft would be told"},
    )
    deployable = fields.Boolean(required=True)

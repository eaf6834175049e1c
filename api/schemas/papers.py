"""Papers that a case gives, and the Word templates they are made from."""

from marshmallow import fields, validate

from api.schemas.documents import DocumentAnswer
from api.schemas.fields import Answer, Moment, Question, UploadedFile, required_text

_KINDS = ("pdf", "docx")
_REASON = 1000


class PaperAnswer(Answer):
    key = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    refused = fields.String(
        required=True, allow_none=True, metadata={"description": "code of the error that making it would give now"}
    )
    not_ready = fields.String(required=True, metadata={"description": "what has to happen before it can be made"})
    not_ready_en = fields.String(required=True)
    made = fields.Dict(
        keys=fields.String(), values=fields.Nested(DocumentAnswer), metadata={"description": "newest one by kind"}
    )


class PaperList(Answer):
    items = fields.List(fields.Nested(PaperAnswer), required=True)


class MakingQuestion(Question):
    kind = fields.String(required=True, validate=validate.OneOf(_KINDS))


class PaperFactsAnswer(Answer):
    facts = fields.Dict(keys=fields.String(), required=True, metadata={"description": "by the name that templates use"})
    facts_sha256 = fields.String(required=True)
    template = fields.Integer(required=True, metadata={"description": "0 is the one of the program"})


class TemplateVersionAnswer(Answer):
    version = fields.Integer(required=True, metadata={"description": "0 is the one of the program"})
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "bytes"})
    filename = fields.String(required=True)
    reason = fields.String(required=True)
    restores = fields.Integer(required=True, allow_none=True, metadata={"description": "the version it went back to"})
    put_by_name = fields.String(required=True)
    put_at = Moment(required=True, allow_none=True)


class KeptPaperAnswer(Answer):
    id = fields.String(required=True, attribute="paper.id", metadata={"description": "process/key"})
    name = fields.String(required=True, attribute="paper.name")
    name_en = fields.String(required=True, attribute="paper.name_en")
    fields_ = fields.Function(
        lambda kept: list(kept.paper.sample), data_key="fields", metadata={"description": "what a template may name"}
    )
    versions = fields.List(fields.Nested(TemplateVersionAnswer), required=True)
    before = fields.Integer(required=True, allow_none=True, metadata={"description": "ask for older versions with it"})


class KeptPaperList(Answer):
    items = fields.List(fields.Nested(KeptPaperAnswer), required=True)


class VersionsQuestion(Question):
    before = fields.Integer(load_default=None, validate=validate.Range(min=1))


class TemplateQuestion(Question):
    file = UploadedFile(required=True)
    reason = required_text(longest=_REASON)


class RestoringQuestion(Question):
    reason = required_text(longest=_REASON)


class TemplateVersion(Answer):
    version = fields.Integer(required=True)

"""A file of a case, without its content."""

from marshmallow import fields

from api.schemas.fields import Answer, Moment, Question, UploadedFile, required_text


class DocumentAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)
    task_id = fields.String(allow_none=True)
    field = fields.String(allow_none=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "bytes"})
    sha256 = fields.String(required=True)
    status = fields.String(required=True)
    uploaded_by = fields.String(allow_none=True)
    uploaded_by_name = fields.String(allow_none=True)
    uploaded_at = Moment()


class UploadQuestion(Question):
    field = required_text(metadata={"description": "key of the file field in the form"})
    file = UploadedFile(required=True)


class DocumentId(Answer):
    id = fields.String(required=True)

"""A file of a case, without its content."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, UploadedFile, optional_text, required_text
from api.schemas.notes import CIRCLES


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
    on_behalf_of_name = fields.String(allow_none=True)
    uploaded_at = Moment()
    series_id = fields.String(required=True, metadata={"description": "shared by all versions of one document"})
    version = fields.Integer(required=True)
    circle = fields.String(required=True, metadata={"description": "for whose eyes"})
    sent_on = fields.Date(required=True, allow_none=True)
    received_on = fields.Date(required=True, allow_none=True)
    superseded_at = Moment(allow_none=True, metadata={"description": "since when its answers do not count any more"})


class UploadQuestion(Question):
    field = required_text(metadata={"description": "key of the file field in the form"})
    file = UploadedFile(required=True)


class AttachQuestion(Question):
    file = UploadedFile(required=True)
    circle = fields.String(load_default="everybody", validate=validate.OneOf(CIRCLES))
    replaces = optional_text(metadata={"description": "id of the version that this one follows"})
    sent_on = fields.Date(load_default=None, allow_none=False)
    received_on = fields.Date(load_default=None, allow_none=False)


class SettleQuestion(Question):
    status = fields.String(required=True, validate=validate.OneOf(("final", "filed")))


class DocumentId(Answer):
    id = fields.String(required=True)

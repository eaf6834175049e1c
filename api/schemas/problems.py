"""RFC 9457 problem details as this interface writes them."""

from marshmallow import fields

from api.schemas.fields import Answer


class ProblemEntry(Answer):
    path = fields.String(required=True, metadata={"description": "the field, dotted; empty for the whole"})
    code = fields.String(required=True)
    message = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)


class ProblemDetails(Answer):
    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "one sentence that says what to do next"})
    code = fields.String(required=True, metadata={"description": "stable; for programs"})
    problems = fields.List(fields.Nested(ProblemEntry), required=True)

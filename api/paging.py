"""Lists come in pages: `?cursor=…&limit=…` in, `{"items", "next", "previous", "total", "total_is_exact"}` out."""

from functools import cache

from marshmallow import fields, validate

from api.schemas.fields import Answer, Question, optional_text

MAX_LIMIT = 200


class PageQuestion(Question):
    cursor = optional_text(longest=500, metadata={"description": "`next` or `previous` of another page"})
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=MAX_LIMIT))


@cache
def page_of(row: type[Answer]) -> type[Answer]:
    """The schema of one page of `row`s."""
    parts = {
        "items": fields.List(fields.Nested(row), required=True),
        "next": fields.String(required=True, allow_none=True),
        "previous": fields.String(allow_none=True),
        "total": fields.Integer(required=True, metadata={"description": "of all pages; counted up to 10000"}),
        "total_is_exact": fields.Boolean(metadata={"description": "false when there are more than were counted"}),
    }
    return type(f"{row.__name__}Page", (Answer,), parts)

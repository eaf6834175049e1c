"""Saved views, and how a worklist is arranged."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Question, optional_text, required_text
from engine.asking import NAMES, SORTS, VIEWS
from engine.commands.arrange_desk import COLUMNS, DENSITIES, MOST_VIEWS
from engine.commands.save_view import LONGEST_NAME

_DAY = {"pattern": "^[0-9]{1,4}$"}


class AskedQuestion(Question):
    """What a view asks; days count from the day on which it is opened."""

    view = fields.String(validate=validate.OneOf(VIEWS))
    q = optional_text(longest=100)
    process = optional_text(longest=100)
    stage = optional_text(longest=100)
    step = optional_text(longest=100)
    town = optional_text(longest=100)
    enterprise = optional_text(longest=100, metadata={"description": "id of an organisation"})
    who = optional_text(longest=100, metadata={"description": "username, or - for tasks that nobody has"})
    due = fields.String(metadata={**_DAY, "description": "due within so many days"})
    since = fields.String(metadata={**_DAY, "description": "waiting for so many days"})
    follow = fields.String(metadata={**_DAY, "description": "to be looked at again within so many days"})
    sort = fields.String(validate=validate.OneOf(SORTS))


class ViewAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    asked = fields.Dict(keys=fields.String(validate=validate.OneOf(NAMES)), values=fields.String(), required=True)
    audience = fields.String(required=True, allow_none=True, metadata={"description": "the group that may open it"})
    owner = fields.String(required=True)
    owner_name = fields.String(required=True)
    is_mine = fields.Boolean(required=True)


class ViewId(Answer):
    id = fields.String(required=True)


class ViewQuestion(Question):
    name = required_text(longest=LONGEST_NAME)
    asked = fields.Nested(AskedQuestion, required=True)
    audience = optional_text(longest=140, metadata={"description": "an audience of yours such as hrss_reviewer@*"})


class DeskAnswer(Answer):
    columns = fields.List(fields.String(), required=True)
    density = fields.String(required=True)
    views = fields.List(fields.Nested(ViewAnswer), required=True)


class DeskQuestion(Question):
    columns = fields.List(fields.String(validate=validate.OneOf(COLUMNS)), required=True)
    density = fields.String(validate=validate.OneOf(DENSITIES), required=True)
    view_order = fields.List(
        fields.String(validate=validate.Length(max=32)), validate=validate.Length(max=MOST_VIEWS), load_default=None
    )

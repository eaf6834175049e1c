"""Staff rosters: where they may come in, how far an import is, and what is wrong with which line."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, UploadedFile, optional_text
from api.schemas.problems import ProblemEntry
from engine.queries.rosters import STATES


class RosterPlaceListQuestion(PageQuestion):
    text = optional_text(longest=100, data_key="q", metadata={"description": "looks in name and credit code"})


class RosterPlaceAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    town = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True, metadata={"description": "how many have an account here"})


class RosterQuestion(Question):
    file = UploadedFile(required=True)


class RosterRunAnswer(Answer):
    id = fields.String(required=True)
    enterprise_id = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "name of who sent it"})
    at = Moment(required=True)
    filename = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    is_under_way = fields.Boolean(required=True)
    lines = fields.Integer(required=True, metadata={"description": "0 until the file was opened"})
    read = fields.Integer(required=True, metadata={"description": "how many lines are checked"})
    flaws = fields.Integer(required=True, metadata={"description": "one flaw refuses the whole file"})
    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    refusal = fields.String(
        required=True, allow_none=True, metadata={"description": "code of an error of the file as a whole"}
    )


class RosterFileAnswer(Answer):
    place = fields.Nested(RosterPlaceAnswer, required=True)
    may_name_reps = fields.Boolean(required=True)
    runs = fields.List(
        fields.Nested(RosterRunAnswer), required=True, metadata={"description": "the latest, newest first"}
    )


class RosterFlawAnswer(ProblemEntry):
    """`path` is the column."""

    line = fields.Integer(required=True, metadata={"description": "as the spreadsheet shows it"})
    name = fields.String(required=True, allow_none=True)

"""The register of experts: its lines, and what changes them."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Question, WholeNumber, optional_text, reason, required_text
from engine.queries.experts import PROFESSIONS, STATUSES

_FEW = validate.Length(max=50)


class ExpertListQuestion(PageQuestion):
    text = optional_text(longest=100, data_key="q", metadata={"description": "looks in name, employer and fields"})
    profession = fields.String(load_default=None, validate=validate.OneOf(PROFESSIONS))
    town = optional_text(longest=64, metadata={"description": "those who serve it, the whole city among them"})
    status = fields.String(
        load_default=None,
        validate=validate.OneOf(STATUSES),
        metadata={"description": "without it, all who were not dismissed"},
    )
    soon = fields.Boolean(load_default=False, metadata={"description": "licence or term ends within 60 days"})


class ExpertRowAnswer(Answer):
    id = fields.String(required=True, metadata={"description": "of the person"})
    username = fields.String(required=True)
    name = fields.String(required=True)
    profession = fields.String(required=True, validate=validate.OneOf(PROFESSIONS))
    licence_no = fields.String(required=True)
    licence_until = fields.Date(required=True)
    employer = fields.String(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")
    towns = fields.List(fields.String(), required=True, metadata={"description": "none is the whole city"})
    open = fields.Integer(required=True, metadata={"description": "running cases the expert is a party of"})
    max_open = fields.Integer(required=True)
    term_from = fields.Date(required=True)
    term_to = fields.Date(required=True, metadata={"description": "the last day, inclusive"})
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    absent_from = fields.Date(required=True, allow_none=True)
    absent_until = fields.Date(required=True, allow_none=True)
    why_not = fields.String(
        required=True, allow_none=True, metadata={"description": "why nobody may dispatch them today: a code"}
    )
    ends_soon = fields.Date(
        required=True, allow_none=True, metadata={"description": "when licence or term ends, where that is near"}
    )


class ExpertAnswer(ExpertRowAnswer):
    may_keep = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class ExpertQuestion(Question):
    profession = fields.String(required=True, validate=validate.OneOf(PROFESSIONS))
    licence_no = required_text(longest=64)
    licence_until = fields.Date(required=True)
    employer = required_text(longest=200)
    fields_ = fields.List(
        required_text(longest=100), required=True, data_key="fields", attribute="fields", validate=_FEW
    )
    towns = fields.List(required_text(longest=64), load_default=list, validate=_FEW)
    max_open = WholeNumber(load_default=3, validate=validate.Range(min=-(2**31), max=2**31 - 1))
    term_from = fields.Date(required=True)
    term_to = fields.Date(required=True, metadata={"description": "the last day, inclusive"})
    version = WholeNumber(
        load_default=0,
        validate=validate.Range(min=0, max=2**31 - 1),
        metadata={"description": "the one that was read; 0 for somebody who is not in the register"},
    )


class ExpertAbsenceQuestion(Question):
    absent_from = fields.Date(required=True)
    absent_until = fields.Date(required=True, metadata={"description": "the last day, inclusive"})


class ExpertStatusQuestion(Question):
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    reason = reason()

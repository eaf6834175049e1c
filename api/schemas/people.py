"""Who is logged in, and what they were told."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Moment, Question, Text, json_object, required_text
from texts import LOCALES


class SignInQuestion(Question):
    username = required_text(longest=64)
    password = Text(required=True, validate=validate.Length(min=1, max=1000))


class PersonAnswer(Answer):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)


class SignedInAnswer(Answer):
    token = fields.String(required=True, metadata={"description": "for `Authorization: Bearer …`"})
    person = fields.Nested(PersonAnswer, required=True)


class OrganisationAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    uscc = fields.String(allow_none=True)
    town = fields.String(allow_none=True)


class MeAnswer(PersonAnswer):
    locale = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)
    organisations = fields.List(fields.Nested(OrganisationAnswer), required=True)
    towns = fields.List(fields.String(), required=True)
    unread_notices = fields.Integer(required=True)


class LocaleQuestion(Question):
    locale = fields.String(required=True, validate=validate.OneOf(LOCALES))


class NoticeAnswer(Answer):
    id = fields.String(required=True)
    at = Moment(required=True)
    kind = fields.String(required=True)
    params = json_object()
    case_id = fields.String(allow_none=True)
    case_number = fields.String(allow_none=True)
    task_id = fields.String(allow_none=True)
    read_at = Moment(allow_none=True)
    mail = fields.String(allow_none=True, metadata={"description": "what became of it by mail"})
    mail_at = Moment(allow_none=True)


class NoticesReadQuestion(Question):
    ids = fields.List(required_text(), required=True, validate=validate.Length(min=1, max=500))

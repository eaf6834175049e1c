"""Notices by mail, the calendar feed, who was told what, and mails that did not arrive."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, Text, required_text
from engine.notice_kinds import Way
from engine.queries.mails import STATES

_WAYS = {"description": "by kind of notice: by_clock, at_once, digest or off"}


class MailSettingsAnswer(Answer):
    address = fields.String(required=True, allow_none=True)
    confirmed_at = Moment(required=True, allow_none=True)
    refused_at = Moment(required=True, allow_none=True)
    refusal = fields.String(required=True, allow_none=True, metadata={"description": "what the mail server said"})
    ways = fields.Dict(keys=fields.String(), values=fields.String(), required=True, metadata=_WAYS)
    required = fields.List(fields.String(), required=True, metadata={"description": "kinds that cannot be off"})
    digest_at = fields.String(required=True)
    quiet_from = fields.String(required=True, allow_none=True)
    quiet_until = fields.String(required=True, allow_none=True)
    feed_since = Moment(required=True, allow_none=True)


class MailWishesQuestion(Question):
    ways = fields.Dict(
        keys=required_text(longest=64), values=fields.String(validate=validate.OneOf(list(Way))), metadata=_WAYS
    )
    digest_at = Text(validate=validate.Length(max=5), metadata={"description": "08:30, on working days"})
    quiet_from = Text(validate=validate.Length(max=5), metadata={"description": "empty: no hours of silence"})
    quiet_until = Text(validate=validate.Length(max=5))


class MailAddressQuestion(Question):
    address = required_text(longest=254)


class MailCodeQuestion(Question):
    code = required_text(longest=20)


class FeedAnswer(Answer):
    url = fields.String(required=True, metadata={"description": "secret; shown this once"})


class ToldAnswer(Answer):
    id = fields.String(required=True)
    at = Moment(required=True)
    kind = fields.String(required=True)
    person = fields.String(required=True)
    task = fields.String(required=True, allow_none=True)
    read_at = Moment(required=True, allow_none=True)
    mail = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "due, waiting, sent, refused, failed, dropped, read, over, left or no_address"},
    )
    mail_at = Moment(required=True, allow_none=True)


class MailListQuestion(PageQuestion):
    state = fields.String(load_default="refused", validate=validate.OneOf(list(STATES)))


class MailAnswer(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    person_id = fields.String(required=True)
    person = fields.String(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    answer = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)

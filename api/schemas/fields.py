"""The kinds of value the interface knows. What goes in is a `Question` (strict), what comes out an `Answer` (open)."""

import re
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_smorest.fields import Upload
from marshmallow import EXCLUDE, RAISE, Schema, fields, validate
from werkzeug.datastructures import FileStorage

SHANGHAI = ZoneInfo("Asia/Shanghai")
MISSING, UNKNOWN, INVALID, UNSTORABLE = (
    "request_field_missing",
    "request_field_unknown",
    "request_field_invalid",
    "request_text_unstorable",
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """PostgreSQL refuses NUL, both drivers refuse half of a surrogate pair."""
    return not _UNSTORABLE.search(text)


class Question(Schema):
    """A request body or query: unknown keys are refused, every message is a code of `texts/*/errors.yml`."""

    class Meta:
        unknown = RAISE

    error_messages: ClassVar = {"unknown": UNKNOWN, "type": INVALID}

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        field_obj.error_messages = dict.fromkeys(field_obj.error_messages, INVALID) | {
            "required": MISSING,
            UNSTORABLE: UNSTORABLE,
        }


class Answer(Schema):
    """An answer may grow new members, so clients must ignore what they do not know."""

    class Meta:
        unknown = EXCLUDE


class WholeNumber(fields.Integer):
    """4 and 4.0, which JSON does not tell apart, and nothing that would have to be rounded."""

    def _validated(self, value: Any) -> int:
        number = super()._validated(value)
        if isinstance(value, bool | str) or number != value:
            raise self.make_error("invalid")
        return number


class Text(fields.String):
    """Text that every database can keep."""

    default_error_messages: ClassVar = {UNSTORABLE: UNSTORABLE}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not is_storable(text):
            raise self.make_error(UNSTORABLE)
        return text


class Moment(fields.AwareDateTime):
    """A point in time, written as local time with offset."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.astimezone(SHANGHAI).isoformat() if value else None


class HashedMoment(fields.AwareDateTime):
    """A point in time exactly as the history hashes it: UTC with milliseconds."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="milliseconds") if value else None


class UploadedFile(Upload):
    """One part of a multipart body that is a file and has a name."""

    default_error_messages: ClassVar = {"invalid": INVALID}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> FileStorage:
        if not isinstance(value, FileStorage) or not value.filename or not is_storable(value.filename):
            raise self.make_error("invalid")
        return value


class AnyValue(fields.Raw):
    """Any JSON value."""


def required_text(*, longest: int = 200, **more: Any) -> Text:
    return Text(required=True, validate=validate.Length(min=1, max=longest), **more)


def optional_text(*, longest: int = 200, **more: Any) -> Text:
    return Text(load_default=None, validate=validate.Length(min=1, max=longest), **more)


def reason() -> Text:
    """Why somebody does something that others will ask about."""
    return required_text(longest=2000)


def json_object(**more: Any) -> fields.Dict:
    return fields.Dict(keys=Text(validate=validate.Length(max=200)), values=AnyValue(allow_none=True), **more)

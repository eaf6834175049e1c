"""Reading what a client sent, strictly: one way to read it, no surprise afterwards."""

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError, fields
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api.errors import MalformedRequest
from api.schemas.fields import INVALID, MISSING, UNKNOWN, UNSTORABLE, is_storable
from engine.errors import Problem

MAX_DEPTH = 40
MAX_DIGITS = 400
_CODES = {MISSING, UNKNOWN, INVALID, UNSTORABLE}


class RequestParser(FlaskParser):
    """Unknown keys are refused everywhere; a request of the wrong shape is 400, never 422."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION: ClassVar = {}

    def _raw_load_json(self, req: Request) -> Any:
        raw = req.get_data(cache=True)
        if not req.mimetype and not raw:
            return missing
        if req.mimetype != "application/json":
            raise UnsupportedMediaType
        if req.content_length is None and len(raw) >= (req.max_content_length or len(raw) + 1):
            raise RequestEntityTooLarge  # a body without announced length is cut at the limit, silently
        return parse_json(raw)

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        refuse_repeated(req.args)
        return super().load_querystring(req, schema)

    def load_multipart(self, req: Request, schema: Schema) -> Any:
        if req.mimetype != "multipart/form-data":
            raise UnsupportedMediaType
        parts = MultiDict([*req.form.items(multi=True), *req.files.items(multi=True)])
        lists = {name for name, field in schema.fields.items() if isinstance(field, fields.List)}
        refuse_repeated(parts, allowed=lists)
        return self._makeproxy(parts, schema)

    def load_either(self, req: Request, schema: Schema) -> Any:
        """A route that takes JSON, or a form with files, which it reads itself."""
        if req.mimetype != "multipart/form-data":
            return self.load_json(req, schema)
        refuse_repeated(req.form)
        return self._makeproxy(req.form, schema)

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: Any) -> NoReturn:
        raise MalformedRequest(problems=list(_problems(error.normalized_messages(), path=())))


RequestParser.__location_map__ = {
    **FlaskParser.__location_map__,
    "multipart": "load_multipart",
    "either": "load_either",
}


def parse_json(raw: bytes) -> Any:
    """Exact decimals, no NaN, no key twice, bounded depth and digits, no text that cannot be stored.

    Raises MalformedRequest.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise MalformedRequest(problems=[Problem("", "request_not_json")]) from error
    if b"\\u" in raw or b"\x00" in raw or raw.count(b"[") + raw.count(b"{") > MAX_DEPTH:
        _check_values(value, depth=0)
    return value


def refuse_repeated(query: MultiDict, *, allowed: Collection[str] = ()) -> None:
    """One of two values for the same name would be dropped without a word. Raises MalformedRequest."""
    repeated = [name for name, values in query.lists() if len(values) > 1 and name not in allowed]
    if repeated:
        raise MalformedRequest(problems=[Problem(name, INVALID) for name in repeated])


def _number(text: str) -> int | Decimal:
    if len(text) > MAX_DIGITS:
        raise ValueError(text)
    value = Decimal(text)
    if abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(text)
    return int(text) if text.lstrip("-").isdigit() else value


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _check_values(value: Any, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise MalformedRequest(problems=[Problem("", "request_too_deep")])
    if isinstance(value, str) and not is_storable(value):
        raise MalformedRequest(problems=[Problem("", UNSTORABLE)])
    if isinstance(value, dict):
        _check_values(list(value), depth=depth)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _check_values(item, depth=depth + 1)


def _problems(messages: Any, *, path: tuple[str, ...]) -> Iterator[Problem]:
    """marshmallow nests its messages by location, field, index and key."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _problems(inner, path=path if name == "_schema" else (*path, str(name)))
        return
    where = ".".join(part for part in path[1:] if part != "value")
    for message in messages if isinstance(messages, list) else [messages]:
        yield Problem(where, message if message in _CODES else INVALID)

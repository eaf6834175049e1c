"""`Idempotency-Key`: a write that is sent twice happens once and answers the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import request

from api.current import the_actor, the_engine
from api.errors import MalformedRequest
from engine.errors import Problem

HEADER = "Idempotency-Key"
MAX_LENGTH = 140
KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Chosen by the client, new for every write. Sent again with the same request: the first answer "
    "is repeated and nothing happens twice. Sent with another request: 422 `idempotency_key_reused`.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH, "pattern": "^[!-~]+$"},
}


def run(command: Any) -> Any:
    """Run a command for the caller, once per key."""
    key = the_key()
    fingerprint = fingerprint_of(command) if key else None
    return the_engine().run(command, actor=the_actor(), idempotency_key=key, fingerprint=fingerprint)


def the_key() -> str | None:
    """Raises MalformedRequest when the header is there but is not 1 to 140 visible ASCII characters."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_LENGTH or not all("!" <= c <= "~" for c in key):
        raise MalformedRequest(problems=[Problem(HEADER, "request_field_invalid")])
    return key


def fingerprint_of(command: Any) -> str:
    """What makes two requests the same: the command and everything in it, not the bytes it came in."""
    content = {field.name: getattr(command, field.name) for field in fields(command)}
    text = json.dumps([type(command).__name__, content], sort_keys=True, default=_stand_in)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stand_in(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)

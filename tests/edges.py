"""The application of a test: as in production, but a process compiles each template once, not once an application."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from app import create_app
from engine.engine import Engine
from settings import Settings


class _Compiled(BytecodeCache):
    """By name and content of the template; Jinja makes the key of a bucket of its name, and checks its content."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def open_edges(settings: Settings, *, engine: Engine | None = None) -> Flask:
    app = create_app(settings, engine=engine)
    app.jinja_env.bytecode_cache = _COMPILED
    return app

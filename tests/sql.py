"""The engine's tables in a test: as in production, but a process writes each SQL statement once, not once a test."""

from collections import defaultdict
from functools import partial
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import LRUCache

from engine.database import Database

_dialects: dict[str, Dialect] = {}
_statements: dict[str, LRUCache[Any, Any]] = defaultdict(partial(LRUCache, 2_000))


def open_tables(url: str) -> Database:
    tables = Database(url, pool_size=2)
    if tables.engine.name == "sqlite":
        event.listen(tables.engine, "connect", _do_not_wait_for_the_disk)
    for engine in (tables.engine, tables.reading.kw["bind"]):
        engine.dialect = _dialect_of(engine)  # a statement is known by the dialect it was written for, too
        engine.update_execution_options(compiled_cache=_statements[engine.name])
    return tables


def _dialect_of(engine: Engine) -> Dialect:
    if engine.name not in _dialects:
        engine.connect().close()  # with its first connection it learns what the server can do
        _dialects[engine.name] = engine.dialect
    return _dialects[engine.name]


def _do_not_wait_for_the_disk(dbapi: Any, _record: Any) -> None:
    """A test may end, and its process may be killed; the machine does not lose its power."""
    dbapi.execute("PRAGMA synchronous=OFF")

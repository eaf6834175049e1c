"""The engine's tables in a test: as in production, but the process writes each SQL statement once, not once a test."""

from collections import defaultdict
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import Dialect

from engine.database import Database

_dialects: dict[str, Dialect] = {}
_statements: dict[str, dict[Any, Any]] = defaultdict(dict)


def open_tables(url: str) -> Database:
    tables = Database(url, pool_size=2)
    if tables.engine.name == "sqlite":
        event.listen(tables.engine, "connect", _do_not_wait_for_the_disk)
    for engine in (tables.engine, tables.reading.kw["bind"]):
        # A statement is known by the dialect it was written for, too.
        engine.dialect = _dialects.setdefault(engine.name, engine.dialect)
        engine.update_execution_options(compiled_cache=_statements[engine.name])
    return tables


def _do_not_wait_for_the_disk(dbapi: Any, _record: Any) -> None:
    """A test may end, and its process may be killed; the machine does not lose its power."""
    dbapi.execute("PRAGMA synchronous=OFF")

"""Sessions on SQLite and PostgreSQL with the same promises: writers take turns, readers never wait."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

# An error of the database goes into the log with its statement; what people wrote, and votes, do not.
_DISCREET = {"hide_parameters": True}
_PRAGMAS = (
    "journal_mode=WAL",
    # FULL: what was answered with success survives a power cut.
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    "journal_size_limit=67108864",
)
# Many people ask short questions at once: compiling a plan or sharing it among processes costs more than it saves.
_POSTGRESQL = "-c jit=off -c max_parallel_workers_per_gather=0"
_RETRYABLE_STATES = {"40001", "40P01", "55P03"}


class Database:
    """One engine, one factory for writing sessions and one for reading sessions."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine = _make_engine(url, pool_size=pool_size)
        self.writing: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)
        readonly = self.engine.execution_options(readonly=True)
        self.reading: sessionmaker[Session] = sessionmaker(readonly, expire_on_commit=False)

    def dispose(self) -> None:
        self.engine.dispose()


def is_worth_a_retry(error: Exception) -> bool:
    """Lock conflicts and lost races of two commands; running the loser again is safe, nothing of it was kept."""
    if isinstance(error, (StaleDataError, IntegrityError)):
        return True
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    busy = isinstance(error, OperationalError) and "locked" in str(error)
    return isinstance(error, DBAPIError) and (state in _RETRYABLE_STATES or busy)


def _make_engine(url: str, *, pool_size: int) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _make_sqlite(url, pool_size=pool_size)
    options = {"options": f"{_POSTGRESQL} {make_url(url).query.get('options', '')}".strip()}
    return create_engine(
        url, connect_args=options, pool_size=pool_size, max_overflow=10, pool_pre_ping=True, **_DISCREET
    )


def _make_sqlite(url: str, *, pool_size: int) -> Engine:
    """SQLAlchemy's own BEGIN is replaced: a read lock that becomes a write lock fails at once under WAL."""
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_size=pool_size, max_overflow=20, **_DISCREET)

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None
        for pragma in _PRAGMAS:
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine

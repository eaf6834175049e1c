"""Sessions on SQLite and PostgreSQL with the same promises: writers take turns, readers never wait."""

import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
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
    # What is deleted or rewritten is overwritten in the file, too: free pages tell nothing of a ballot box.
    "secure_delete=ON",
)
# Many people ask short questions at once: compiling a plan or sharing it among processes costs more than it saves.
_POSTGRESQL = "-c jit=off -c max_parallel_workers_per_gather=0"
_RETRYABLE_STATES = {"40001", "40P01", "55P03"}
LONGEST_WAIT = 5.0  # seconds


class OthersAreReading(Exception):
    """Somebody still reads what is to be forgotten; it can be tried again."""


class NotTheOwner(Exception):
    """PostgreSQL rewrites a table for its owner only, and merely warns anybody else."""


class Database:
    """One engine, one factory for writing sessions and one for reading sessions."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine = _make_engine(url, pool_size=pool_size)
        self.writing: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)
        readonly = self.engine.execution_options(readonly=True)
        self.reading: sessionmaker[Session] = sessionmaker(readonly, expire_on_commit=False)

    def dispose(self) -> None:
        self.engine.dispose()

    def forget_rewritten(self, tables: Collection[str]) -> None:
        """Take what rows of these tables held before, and in which order they were written, out of the files.

        Not inside a transaction. Raises OthersAreReading, and errors of the database, when others are in the way;
        NotTheOwner when the database does not let us.
        """
        if self.engine.name == "sqlite":
            _empty_the_log(self.engine)
            return
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.detach()  # nobody else gets it with these settings
            connection.exec_driver_sql(f"SET lock_timeout = '{LONGEST_WAIT}s'")
            _wait_for_older_readers(connection)
            for table in tables:
                _write_anew(connection, table)


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


def _empty_the_log(engine: Engine) -> None:
    """The log of SQLite holds the last versions of every page, one after the other: it is cut down to nothing."""
    connection = engine.raw_connection()
    connection.detach()  # nobody else gets it with this setting
    try:
        connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000:.0f}")
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.close()
    if is_busy:
        raise OthersAreReading()


def _wait_for_older_readers(connection: Connection) -> None:
    """PostgreSQL keeps old versions of rows that a snapshot may see, even in a table that is written anew."""
    now = connection.exec_driver_sql("SELECT pg_current_xact_id()::xid::text").scalar_one()
    end = time.monotonic() + LONGEST_WAIT
    while connection.exec_driver_sql(_OLDER_READERS, {"now": now}).scalar_one():
        if time.monotonic() > end:
            raise OthersAreReading()
        time.sleep(0.02)


def _write_anew(connection: Connection, table: str) -> None:
    file = f"SELECT pg_relation_filenode('{table}')"
    before = connection.exec_driver_sql(file).scalar_one()
    connection.exec_driver_sql(f"VACUUM (FULL) {table}")
    if connection.exec_driver_sql(file).scalar_one() == before:
        raise NotTheOwner(table)


_OLDER_READERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) > age(%(now)s::xid)
"""

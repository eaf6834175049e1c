"""A training city in a SQLite file: tables, holidays, demo people and experts. A process comes into it afterwards."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.actor import SYSTEM
from engine.catalogue import Catalogue
from engine.commands.deploy import Deploy
from engine.database import Database
from engine.definitions.check import Report
from engine.engine import Engine
from seeds.seeding import enter_demo_experts, load_calendar, register_demo_people
from seeds.tables import upgrade
from services import ERRANDS, SERVICES

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in the city: stories give the same dates every day


def settle_city(path: Path) -> None:
    """Makes the file `path`; nobody has acted in it yet."""
    upgrade(f"sqlite:///{path}")
    engine = engine_over(path, path.parent)
    try:
        load_calendar(engine)
        register_demo_people(engine)
        enter_demo_experts(engine)
    finally:
        engine.database.dispose()


def city_with(path: Path, files: Mapping[str, bytes]) -> tuple[Report, Catalogue]:
    """The same with one process in it, if it can be deployed; and a catalogue that has read it."""
    path.write_bytes(_settled())
    engine = engine_over(path, path.parent)
    try:
        return engine.run(Deploy(files=files), actor=SYSTEM), engine.catalogue
    finally:
        engine.database.dispose()


@cache
def _settled() -> bytes:
    """All training cities begin alike: one is settled while the programme runs, and the others are its copies."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.db"
        settle_city(path)
        return city_in(path)


def city_in(path: Path) -> bytes:
    """All of it, also what SQLite has written beside the file so far. Nobody may be writing."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def put_city(path: Path, city: bytes) -> None:
    """In place of the one that is there; what was written beside its file is thrown away with it."""
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_bytes(city)
    new.replace(path)


def engine_over(path: Path, data_dir: Path) -> Engine:
    """An engine whose time begins on `MONDAY` and goes on only when its training clock is moved."""
    database = Database(f"sqlite:///{path}", pool_size=1)
    engine = Engine(database, services=SERVICES, data_dir=data_dir, is_demo=True, clock=lambda: MONDAY)
    engine.errands.update(ERRANDS)
    return engine

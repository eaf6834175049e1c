"""A throw-away system for scenarios: demo people, one process, a training clock, a SQLite file."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click

from engine.actor import SYSTEM
from engine.catalogue import Catalogue
from engine.commands.deploy import Deploy
from engine.database import Database
from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from seeds.seeding import enter_demo_experts, load_calendar, register_demo_people
from seeds.tables import upgrade
from services import SERVICES

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in the city: scenarios give the same dates every day


def open_playground(place: Path, folder: Path) -> Callable[[], Engine]:
    """A database under `place` with the process of `folder` deployed; gives what opens engines over it."""
    place.mkdir(parents=True)
    prepared, definitions = _prepared(place.parent, folder)
    shutil.copyfile(prepared, place / "play.db")

    def opened() -> Engine:
        engine = _engine(place / "play.db", place)
        engine.catalogue = definitions.with_same_definitions()
        return engine

    return opened


@cache
def _prepared(place: Path, folder: Path) -> tuple[Path, Catalogue]:
    path = place / "prepared.db"
    upgrade(f"sqlite:///{path}")
    engine = _engine(path, place)
    try:
        load_calendar(engine)
        register_demo_people(engine)
        enter_demo_experts(engine)
        report = engine.run(Deploy(files=bundle_files(folder)), actor=SYSTEM)
    finally:
        engine.database.dispose()
    if not report.deployable:
        raise click.ClickException(f"{folder} cannot be deployed; see `tongban check {folder}`")
    return path, engine.catalogue


def _engine(path: Path, data_dir: Path) -> Engine:
    database = Database(f"sqlite:///{path}", pool_size=1)
    return Engine(database, services=SERVICES, data_dir=data_dir, is_demo=True, clock=lambda: MONDAY)

"""A throw-away system for scenarios: a training city with one process."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click

from engine.actor import SYSTEM
from engine.catalogue import Catalogue
from engine.commands.deploy import Deploy
from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from playing.city import engine_over, settle_city


def open_playground(place: Path, folder: Path) -> Callable[[], Engine]:
    """A database under `place` with the process of `folder` deployed; gives what opens engines over it."""
    place.mkdir(parents=True)
    prepared, definitions = _prepared(place.parent, folder)
    shutil.copyfile(prepared, place / "play.db")

    def opened() -> Engine:
        engine = engine_over(place / "play.db", place)
        engine.catalogue = definitions.with_same_definitions()
        return engine

    return opened


@cache
def _prepared(place: Path, folder: Path) -> tuple[Path, Catalogue]:
    path = place / "prepared.db"
    settle_city(path)
    engine = engine_over(path, place)
    try:
        report = engine.run(Deploy(files=bundle_files(folder)), actor=SYSTEM)
    finally:
        engine.database.dispose()
    if not report.deployable:
        raise click.ClickException(f"{folder} cannot be deployed; see `tongban check {folder}`")
    return path, engine.catalogue

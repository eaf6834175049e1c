"""A throw-away system for scenarios: a training city with one process."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click

from engine.catalogue import Catalogue
from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from playing.city import city_with, engine_over


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
    report, definitions = city_with(path, bundle_files(folder))
    if not report.deployable:
        raise click.ClickException(f"{folder} cannot be deployed; see `tongban check {folder}`")
    return path, definitions

"""The system that the environment describes, opened for one command of the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from app import create_engine_from
from engine.engine import Engine
from settings import Settings


@contextmanager
def opened_engine(settings: Settings | None = None) -> Iterator[Engine]:
    engine = create_engine_from(settings or Settings.from_environment())
    try:
        yield engine
    finally:
        engine.database.dispose()

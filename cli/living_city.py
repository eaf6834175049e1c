"""`tongban demo --city`: a city that has been at work for three months, played through the commands of the engine."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from cli.demo_consultations import CONSULTATIONS, play_consultations
from cli.demo_requests import has_requests, play_requests, read_stories
from engine.actor import SYSTEM
from engine.commands.register_people import RegisterPeople
from engine.engine import Engine
from seeds import demo_city
from seeds.demo_data import PASSWORD

T = TypeVar("T")


@dataclass(frozen=True)
class Filled:
    requests: int = 0
    consultations: int = 0

    def __bool__(self) -> bool:
        return bool(self.requests or self.consultations)


def register_city(engine: Engine) -> int:
    """Gives the number of people who were not there before."""
    organisations, people = tuple(demo_city.organisations()), tuple(demo_city.people())
    command = RegisterPeople(organisations=organisations, people=people, password=PASSWORD)
    return engine.run(command, actor=SYSTEM)


def fill_city(engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Filled:
    """Nothing is added where somebody has asked for help before. `clock` is the engine's real time."""
    register_city(engine)
    if has_requests(engine):
        return Filled()
    consultations = _shown(play_consultations(engine, clock=clock), "consultations", len(CONSULTATIONS))
    requests = _shown(play_requests(engine, clock=clock), "requests", len(read_stories()))
    return Filled(consultations=sum(1 for _ in consultations), requests=sum(1 for _ in requests))


def _shown(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """A bar on standard error."""
    console = Console(stderr=True)
    yield from track(items, description=what, total=total, console=console, disable=not sys.stderr.isatty())

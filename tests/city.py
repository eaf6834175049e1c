"""A whole city in a test database: the engine, its people and a time that moves only when told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from engine.actor import SYSTEM, Actor
from engine.catalogue import Catalogue
from engine.command import Command
from engine.commands.deploy import Deploy
from engine.commands.register_people import RegisterPeople
from engine.definitions.check import Report
from engine.engine import Engine
from engine.model import Person, UserTask
from playing.rehearsal import ERRANDS as REHEARSALS
from seeds import demo_data
from seeds.seeding import deploy_processes, enter_demo_experts, load_calendar
from seeds.tables import upgrade
from services import ERRANDS, SERVICES
from tests.databases import Database, Template
from tests.sql import open_tables

R = TypeVar("R")
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in the city, a working day far from holidays
STAR, HILL = demo_data.STAR, demo_data.HILL


class StandingClock:
    """The real time of an engine in a test: it stands until the test moves it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass
class City:
    """`engine` over one database. `run` acts as a person by username; `see` reads what one person sees."""

    engine: Engine
    clock: StandingClock
    database: Database
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        if username == "system":
            return SYSTEM
        if username not in self._actors:
            with self.engine.reading() as session:
                query = select(Person).where(Person.username == username).options(selectinload(Person.memberships))
                self._actors[username] = session.scalars(query).one().as_actor()
        return self._actors[username]

    def run(self, command: Command[R], *, by: str, **options: Any) -> R:
        return self.engine.run(command, actor=self.actor(by), **options)

    def deploy(self, files: Mapping[str, bytes]) -> Report:
        """Deploys a bundle; fails with its problems when it is not deployable."""
        report = self.engine.run(Deploy(files=files), actor=SYSTEM)
        assert report.deployable, report.problems
        return report

    def tasks(self, case_id: str, *, states: tuple[str, ...] = ("open", "claimed")) -> list[UserTask]:
        """The tasks of a case as rows, whoever may see them."""
        with self.engine.reading() as session:
            query = select(UserTask).where(UserTask.case_id == case_id, UserTask.state.in_(states))
            return list(session.scalars(query.order_by(UserTask.created_at, UserTask.element_id)))

    def task_at(self, case_id: str, element_id: str) -> UserTask:
        """The one open task at an element."""
        (task,) = [task for task in self.tasks(case_id) if task.element_id == element_id]
        return task

    def rows(self, model: type[R], *where: Any) -> list[R]:
        with self.engine.reading() as session:
            return list(session.scalars(select(model).where(*where)))

    def session(self) -> Session:
        """A writing session, for what no command can bring about. Close it."""
        return self.engine.database.writing()


class SharedDefinitions:
    """What never changes and is dear to read, kept for all tests of this process: bundles and specs by their ids."""

    def __init__(self) -> None:
        self._kept = Catalogue()

    def catalogue(self) -> Catalogue:
        return self._kept.with_same_definitions()


def open_city(
    database: Database, *, data_dir: Path, is_demo: bool = False, definitions: SharedDefinitions | None = None
) -> City:
    clock = StandingClock()
    engine = Engine(open_tables(database.url), services=SERVICES, data_dir=data_dir, is_demo=is_demo, clock=clock)
    engine.errands.update({**ERRANDS, **REHEARSALS})
    if definitions is not None:
        engine.catalogue = definitions.catalogue()
    return City(engine=engine, clock=clock, database=database)


@cache
def _cheap_password_hash() -> str:
    """The demo password, hashed with the least possible work."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(demo_data.PASSWORD)


def _with_people(url: str) -> None:
    with _preparing(url) as city:
        load_calendar(city.engine)
        people = RegisterPeople(
            organisations=demo_data.organisations(), people=tuple(demo_data.people()), password=demo_data.PASSWORD
        )
        city.engine.run(people, actor=SYSTEM)
        with city.session() as session, session.begin():
            session.execute(update(Person).values(password_hash=_cheap_password_hash()))


def _with_processes(url: str) -> None:
    with _preparing(url) as city:
        for process, report in deploy_processes(city.engine).items():
            assert report.deployable, (process, report.problems)


def _with_experts(url: str) -> None:
    with _preparing(url) as city:
        enter_demo_experts(city.engine)


@contextmanager
def _preparing(url: str) -> Iterator[City]:
    city = open_city(Database("", url), data_dir=Path("nowhere"))
    try:
        yield city
    finally:
        city.engine.database.dispose()


EMPTY = Template("empty", upgrade)
PEOPLE = Template("people", _with_people, below=EMPTY)
PROCESSES = Template("processes", _with_processes, below=PEOPLE)
WITH_EXPERTS = Template("with_experts", _with_experts, below=PROCESSES)

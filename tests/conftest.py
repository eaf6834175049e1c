"""What every test may ask for: databases of both kinds, an engine with people, a clock that stands still, Redis."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from settings import Settings
from tests.city import EMPTY, PEOPLE, PROCESSES, City, SharedDefinitions, open_city
from tests.databases import KINDS, Database, Host, SqliteHost, postgresql_cluster, quick_folder
from tests.distribution import BROWSER, TogetherByGroup, group_of, place_of
from tests.edges import open_edges
from tests.servers import running_redis
from tests.syntax_trees import build_trees_undisturbed
from tests.timing import set_heap_aside

# A busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
expect.set_options(timeout=15_000)
build_trees_undisturbed()


class DatabaseHosts:
    """One host per kind of database, started when the first test needs it."""

    def __init__(self, folder: Path, at_the_end: ExitStack) -> None:
        self._folder = folder
        self._at_the_end = at_the_end
        self._hosts: dict[str, Host] = {}

    def of(self, kind: str) -> Host:
        if kind not in self._hosts:
            cluster = kind == "postgresql"
            host = self._at_the_end.enter_context(postgresql_cluster()) if cluster else SqliteHost(self._folder)
            self._hosts[kind] = host
        return self._hosts[kind]


@pytest.fixture(scope="session")
def database_hosts() -> Iterator[DatabaseHosts]:
    with ExitStack() as at_the_end:
        yield DatabaseHosts(at_the_end.enter_context(quick_folder()), at_the_end)


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds, one after the other; a test about one kind overrides it with `parametrize(…, indirect=True)`."""
    kind: str = request.param
    return kind


@pytest.fixture
def database(database_hosts: DatabaseHosts, database_kind: str) -> Iterator[Database]:
    """An empty, migrated database, once on SQLite and once on PostgreSQL."""
    with database_hosts.of(database_kind).fresh(EMPTY) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def definitions() -> SharedDefinitions:
    return SharedDefinitions()


@pytest.fixture
def people(
    database_hosts: DatabaseHosts, database_kind: str, tmp_path: Path, definitions: SharedDefinitions
) -> Iterator[City]:
    """A city with its people and its calendar, but no process: deploy your own small one."""
    with database_hosts.of(database_kind).fresh(PEOPLE) as fresh:
        yield from _open(fresh, data_dir=tmp_path, definitions=definitions)


@pytest.fixture
def city(
    database_hosts: DatabaseHosts, database_kind: str, tmp_path: Path, definitions: SharedDefinitions
) -> Iterator[City]:
    """A city in demo mode in which every process of `bpmn/` is deployed."""
    with database_hosts.of(database_kind).fresh(PROCESSES) as fresh:
        yield from _open(fresh, data_dir=tmp_path, definitions=definitions, is_demo=True)


def _open(
    database: Database, *, data_dir: Path, definitions: SharedDefinitions, is_demo: bool = False
) -> Iterator[City]:
    opened = open_city(database, data_dir=data_dir, is_demo=is_demo, definitions=definitions)
    yield opened
    opened.engine.database.dispose()


@pytest.fixture(scope="session")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Both edges, put together once with their templates read once; every test gives them an engine of its own."""
    folder = tmp_path_factory.mktemp("edges")
    url = f"sqlite:///{folder / 'never-opened.db'}"
    return open_edges(Settings(database_url=url, data_dir=folder, secret_key="pages", demo=True))


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis server of our own on a free port."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


def pytest_collection_finish() -> None:
    set_heap_aside()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_of(item.nodeid))
    for item in items:
        if group_of(item.nodeid) == BROWSER:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherByGroup | None:
    """Ours stands for `--dist loadgroup`."""
    if config.getoption("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return TogetherByGroup(config, log)

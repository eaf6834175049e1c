"""A running application with the demo people and one small process, and callers who are logged in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_engine_from
from engine.actor import SYSTEM
from engine.commands.deploy import Deploy
from engine.commands.sign_in import SignIn
from engine.engine import Engine
from seeds.seeding import register_demo_people
from services import SERVICES
from settings import Settings
from tests.city import EMPTY, SharedDefinitions
from tests.databases import Database, Template
from tests.edges import open_edges
from tests.sql import open_tables

EXAMPLE = Path(__file__).parent / "example"
BASE = "/api/v1"


def example_files() -> dict[str, bytes]:
    paths = [path for path in EXAMPLE.rglob("*") if path.is_file()]
    return {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths}


def settings_for(url: str, folder: Path, *, demo: bool = True) -> Settings:
    return Settings(database_url=url, data_dir=folder, secret_key="only for tests", demo=demo)


PEOPLE = (
    "admin", "auditor", "boss", "boss2", "chair", "chair2", "designer", "designer2", "federation", "guide", "hrss",
    "lawyer1", "lawyer2", "security", "town_union", "town_union2", "union",
)  # fmt: skip
TOKENS: dict[str, dict[str, str]] = {}


def prepare(url: str) -> None:
    """People, one process, and everybody logged in once: a password takes its time on purpose."""
    engine = create_engine_from(settings_for(url, EXAMPLE))
    register_demo_people(engine)
    report = engine.run(Deploy(files=example_files(), comment="tests"), actor=SYSTEM)
    assert report.deployable, report.problems
    TOKENS[kind_of(url)] = {name: signed_in(engine, name) for name in PEOPLE}
    engine.database.dispose()


def signed_in(engine: Engine, username: str) -> str:
    return engine.run(SignIn(username=username, password="demo", agent="tests"), actor=SYSTEM).token


def kind_of(url: str) -> str:
    return url.split(":", maxsplit=1)[0].split("+", maxsplit=1)[0]


INHABITED = Template("api", prepare, below=EMPTY)


@dataclass
class Caller:
    """Somebody with a token; `post` sends JSON."""

    client: FlaskClient
    token: str | None = None

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.send("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        sent = {} if body is None else {"json": body}
        return self.send("POST", path, headers={k.replace("_", "-"): v for k, v in headers.items()}, **sent)

    def upload(self, path: str, **parts: Any) -> TestResponse:
        return self.send("POST", path, data=parts, content_type="multipart/form-data")

    def send(self, method: str, path: str, *, headers: dict[str, str] | None = None, **request: Any) -> TestResponse:
        login = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(BASE + path, method=method, headers=login | (headers or {}), **request)


@pytest.fixture(scope="session")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Both edges, put together once; every test gives them an engine of its own."""
    return make_app(Database("sqlite", "sqlite:///never-opened.db"), tmp_path_factory.mktemp("edges"))


@pytest.fixture
def app(
    edges: Flask, database_hosts: Any, database_kind: str, tmp_path: Path, definitions: SharedDefinitions
) -> Iterator[Flask]:
    with database_hosts.of(database_kind).fresh(INHABITED) as database:
        engine = Engine(open_tables(database.url), services=SERVICES, data_dir=tmp_path, is_demo=True)
        engine.catalogue = definitions.catalogue()
        edges.extensions["tongban"] = engine
        yield edges
        engine.database.dispose()


def make_app(database: Database, folder: Path, *, demo: bool = True) -> Flask:
    made = open_edges(settings_for(database.url, folder, demo=demo))
    made.testing = True
    return made


@pytest.fixture
def anonymous(app: Flask) -> Caller:
    return Caller(app.test_client(use_cookies=False))


@pytest.fixture
def login(anonymous: Caller, database_kind: str) -> Callable[[str], Caller]:
    """A demo person by username, logged in."""
    return lambda username: Caller(anonymous.client, TOKENS[database_kind][username])


@pytest.fixture
def chair(login: Callable[[str], Caller]) -> Caller:
    return login("chair")


@pytest.fixture
def town_union(login: Callable[[str], Caller]) -> Caller:
    return login("town_union")


@pytest.fixture
def case_id(chair: Caller) -> str:
    """A training request of the chair's enterprise, which the town union has to review."""
    return start(chair)


def start(caller: Caller, **answers: Any) -> str:
    variables = {"主题": "安全生产", "人数": 12, "预算": 2400.5} | answers
    answer = caller.post("/cases", {"process": "training_request", "variables": variables})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def task_of(caller: Caller, case_id: str, element_id: str) -> str:
    """The id of the open task at this element that this caller can see."""
    tasks = caller.get(f"/cases/{case_id}").json["tasks"]
    return next(task["id"] for task in tasks if task["element_id"] == element_id)


def claimed(caller: Caller, case_id: str, element_id: str) -> str:
    task_id = task_of(caller, case_id, element_id)
    answer = caller.post(f"/tasks/{task_id}/claim")
    assert answer.status_code == 200, answer.text
    return task_id

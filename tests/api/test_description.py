"""The OpenAPI description is true: requests are made from it, and every answer is held against it."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from api.permissions import PERMISSIONS
from app import create_app
from tests.api.conftest import INHABITED, Caller, make_app, settings_for, start, task_of

CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")  # Flask: <int:version>, OpenAPI: {version}
METHODS = {"get", "post", "put", "patch", "delete"}
# 412 and 422 are about the state and the rules of a case, 415 about names of files: no description can hold that.
ACCEPTED = ["2xx", "304", "401", "403", "404", "409", "412", "415", "422"]
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
        "generation": {"allow-x00": False, "mode": "all"},
    }
)


def _never_opened() -> Flask:
    """An application for its description alone; the database is not there."""
    folder = Path(tempfile.gettempdir())
    return create_app(settings_for(f"sqlite:///{folder / 'never-opened.db'}", folder))


class Switchboard:
    """A WSGI application that hands every request to the application of the moment."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


SERVED = Switchboard(_never_opened())
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", SERVED, config=CONFIG)
DESCRIPTION = schema.raw_schema
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
]


@pytest.fixture(scope="module")
def known(database_hosts: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One application for all generated requests, on the stricter database, and ids of things that are there."""
    with database_hosts.of("postgresql").fresh(INHABITED) as database:
        SERVED.app = make_app(database, tmp_path_factory.mktemp("described"))
        chair = _login("chair")
        case_id = start(chair)
        task_id = task_of(chair, case_id, "review_request")
        yield {"case_id": case_id, "task_id": task_id, "key": "training_request"}
        SERVED.app.extensions["tongban"].database.dispose()


def _login(username: str) -> Caller:
    """A login of its own: one of the operations ends it."""
    anonymous = Caller(SERVED.app.test_client(use_cookies=False))
    answer = anonymous.post("/sessions", {"username": username, "password": "demo"})
    return Caller(anonymous.client, answer.json["token"])


@pytest.fixture(scope="module")
def callers(known: dict[str, str]) -> dict[str, Caller]:
    people = {"designer": "designer", "admin": "admin", "security": "security", "registry": "admin", "audit": "auditor"}
    return {permission: _login(people.get(permission, "town_union")) for permission in PERMISSIONS}


@schema.parametrize()
@settings(max_examples=5, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_every_answer_is_as_described(case: Any, known: dict[str, str], callers: dict[str, Caller]) -> None:
    """Half of the requests are about something that is there, the others about nothing."""
    caller = callers[case.operation.definition.raw["x-permission"]]
    if case.operation.label.startswith("DELETE /api/v1/sessions"):
        caller = _login("town_union")
    if case.operation.label.startswith("PUT /api/v1/me/password"):
        caller = _login("guide")  # whose login may be locked by wrong passwords
    if len(str(case.path_parameters) + str(case.body)) % 2 and not case.path.endswith("/cancel"):
        case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}

    if _is_good_key(case):
        del case.headers["Idempotency-Key"]

    case.call_and_validate(headers={"Authorization": f"Bearer {caller.token}"})


def _is_good_key(case: Any) -> bool:
    """The generator likes to send the same key with every request, which would all be refused as reused."""
    return re.fullmatch("[!-~]{1,140}", str(case.headers.get("Idempotency-Key", ""))) is not None


def test_the_description_is_openapi_3_1() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1.")


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_an_operation_says_what_it_does_and_for_whom(name: str, operation: dict[str, Any]) -> None:
    assert operation["summary"].endswith(".")
    assert operation["x-permission"] in PERMISSIONS
    assert bool(operation["security"]) == (operation["x-permission"] != "public")


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_a_write_takes_an_idempotency_key(name: str, operation: dict[str, Any]) -> None:
    headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
    is_write = not name.startswith("GET ") and operation["x-permission"] != "public"

    assert ("Idempotency-Key" in headers) == is_write


def test_every_route_below_api_is_described() -> None:
    rules = {CONVERTED.sub(r"{\1}", rule.rule) for rule in _never_opened().url_map.iter_rules()}

    assert {rule for rule in rules if rule.startswith("/api/")} == {p for p in DESCRIPTION["paths"] if "/api/" in p}

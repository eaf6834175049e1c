"""The application without a browser: people who are logged in send requests to the pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.actor import SYSTEM
from engine.commands.sign_in import SignedIn, SignIn
from engine.commands.start_case import StartCase
from tests.city import City
from tests.journeys.form_filler import example

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@pytest.fixture
def database_kind() -> str:
    """Pages ask the engine, which is tested on both; one is enough here."""
    return "sqlite"


@pytest.fixture
def app(edges: Flask, city: City) -> Flask:
    edges.extensions["tongban"] = city.engine
    return edges


@dataclass
class Visitor:
    """Somebody at a browser without scripts. `post` sends the token of the page they came from."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **request: object) -> TestResponse:
        answer = self.client.get(path, **request)
        found = _TOKEN.search(answer.text) if answer.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, data: dict[str, object] | None = None, **request: object) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **request)


Visit = Callable[[str | None], Visitor]


@pytest.fixture
def visit(app: Flask, city: City) -> Visit:
    def come(username: str | None) -> Visitor:
        visitor = Visitor(app.test_client())
        if username:
            signed_in = city.engine.run(SignIn(username=username, password="demo", agent="test"), actor=SYSTEM)
            assert isinstance(signed_in, SignedIn)
            visitor.client.set_cookie("tongban_session", signed_in.token)
            visitor.get("/me")
        return visitor

    return come


@pytest.fixture
def case_id(city: City) -> str:
    """A consultation that the chair has just asked for."""
    return city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")

"""Nothing answers without login that should not, whatever is sent as proof."""

import re

import pytest
from flask import Flask

from tests.api.conftest import Caller
from tests.api.test_refusals import assert_problem

PROOFS = {
    "none": {},
    "a made-up token": {"Authorization": "Bearer " + "A" * 43},
    "an empty token": {"Authorization": "Bearer "},
    "another scheme": {"Authorization": "Basic Y2hhaXI6ZGVtbw=="},
    "a made-up cookie": {"Cookie": "tongban_session=" + "A" * 43},
    "a token in the address": {},
}


def guarded(app: Flask) -> list[tuple[str, str]]:
    """(method, path) of every route of the interface that is not public, from the application itself."""
    return [
        (method, re.sub(r"<[^>]+>", "some-id", re.sub("<int:[^>]+>", "1", rule.rule)))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and app.view_functions[rule.endpoint].permission != "public"
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


@pytest.mark.parametrize("proof", PROOFS)
def test_every_route_that_is_not_public_needs_a_login(app: Flask, proof: str) -> None:
    routes = guarded(app)
    query = {"token": "x"} if proof == "a token in the address" else {}

    answers = {
        (method, path): app.test_client().open(path, method=method, headers=PROOFS[proof], query_string=query)
        for method, path in routes
    }

    assert len(routes) > 40
    assert [route for route, answer in answers.items() if answer.status_code != 401] == []


def test_only_these_routes_are_public(app: Flask) -> None:
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in {"sessions", "description", "health"}
        if app.view_functions[rule.endpoint].permission == "public"
    }

    first_login = "/api/v1/sessions/first"  # with an invitation code instead of a password
    assert public == {"/api/v1/sessions", first_login, "/api/v1/openapi.json", "/healthz", "/readyz", "/metrics"}


def test_a_login_that_was_ended_opens_nothing(app: Flask, anonymous: Caller) -> None:
    token = anonymous.post("/sessions", {"username": "chair", "password": "demo"}).json["token"]
    Caller(anonymous.client, token).send("DELETE", "/sessions/current")

    assert_problem(Caller(anonymous.client, token).get("/cases"), 401, "unauthenticated")


@pytest.mark.parametrize("username", ["admin", "designer"])
def test_those_who_keep_the_system_do_not_read_cases(login, case_id: str, username: str) -> None:
    keeper = login(username)

    assert keeper.get("/cases").json["total"] == 0
    assert keeper.get("/tasks", view="group").json["total"] == 0
    assert_problem(keeper.get(f"/cases/{case_id}/history"), 404, "case_not_found")

"""Confirming on the spot over HTTP: a code for one, the task done by another."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from engine.actor import SYSTEM
from engine.commands.sign_in import SignedIn, SignIn
from engine.model import HistoryEntry
from tests.api.conftest import Caller
from tests.api.test_refusals import assert_problem
from tests.requests_for_experts import Requests, requests_city

__all__ = ["requests_city"]
TRUE = {"answers": {"visit_firm_sign": True}}
PLACE = {"latitude": 28.88812, "longitude": 120.03, "accuracy_m": 12}
Login = Callable[[str], Caller]


@pytest.fixture
def asked(requests_city) -> Requests:
    return Requests(requests_city)


@pytest.fixture
def task_id(asked: Requests) -> str:
    """The enterprise is to confirm that the lawyer was there."""
    return str(asked.city.task_at(asked.play("single_satisfied", until="confirm_visit"), "confirm_visit").id)


@pytest.fixture
def login(edges: Flask, asked: Requests) -> Login:
    edges.extensions["tongban"] = asked.city.engine

    def enter(username: str) -> Caller:
        signed_in = asked.city.engine.run(SignIn(username=username, password="demo", agent="test"), actor=SYSTEM)
        assert isinstance(signed_in, SignedIn)
        return Caller(edges.test_client(use_cookies=False), signed_in.token)

    return enter


def test_shown_read_and_confirmed(login: Login, asked: Requests, task_id: str) -> None:
    shown = login("lawyer1").post(f"/tasks/{task_id}/spot-code")
    assert (shown.status_code, set(shown.json)) == (201, {"code", "expires_at"})
    code, boss = shown.json["code"], login("boss2")

    read = boss.get(f"/spot-codes/{code}").json
    assert (read["task_id"], read["shown_by"]) == (task_id, "章律之")
    assert datetime.fromisoformat(read["expires_at"]) == datetime.fromisoformat(shown.json["expires_at"])

    done = boss.post(f"/spot-codes/{code}/confirm", {**TRUE, "place": PLACE})
    assert (done.status_code, done.json["id"], done.json["state"]) == (200, task_id, "completed")
    (entry,) = asked.city.rows(HistoryEntry, HistoryEntry.action == "confirmed_on_the_spot")
    assert (entry.actor, entry.details["place"]["latitude"]) == ("boss2", "28.8881")
    assert_problem(boss.post(f"/spot-codes/{code}/confirm", TRUE), 409, "spot_code_used")
    assert_problem(boss.get(f"/spot-codes/{code}"), 409, "spot_code_used")


def test_sent_again_with_its_key_it_counts_once(login: Login, task_id: str) -> None:
    code, boss = login("lawyer1").post(f"/tasks/{task_id}/spot-code").json["code"], login("boss2")
    sent = [boss.post(f"/spot-codes/{code}/confirm", TRUE, Idempotency_Key="once") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert sent[0].json == sent[1].json


@pytest.mark.parametrize(
    ("username", "status", "code"),
    [("lawyer1", 403, "not_for_yourself"), ("federation", 403, "not_a_candidate"), ("boss", 404, "wrong_spot_code")],
)
def test_nobody_confirms_for_the_enterprise(login: Login, task_id: str, username: str, status: int, code: str) -> None:
    shown = login("lawyer1").post(f"/tasks/{task_id}/spot-code").json["code"]
    assert_problem(login(username).post(f"/spot-codes/{shown}/confirm", TRUE), status, code)


def test_who_was_not_there_shows_no_code(login: Login, task_id: str) -> None:
    assert_problem(login("boss2").post(f"/tasks/{task_id}/spot-code"), 403, "not_for_the_spot")
    assert_problem(login("boss").post(f"/tasks/{task_id}/spot-code"), 404, "task_not_found")


@pytest.mark.parametrize("wrong", [{"latitude": 91}, {"longitude": "x"}, {"accuracy_m": -1}, {"height": 3}])
def test_what_is_no_place_is_refused_and_uses_up_nothing(login: Login, task_id: str, wrong: dict) -> None:
    code, boss = login("lawyer1").post(f"/tasks/{task_id}/spot-code").json["code"], login("boss2")
    refused = boss.post(f"/spot-codes/{code}/confirm", {**TRUE, "place": {**PLACE, **wrong}})
    assert_problem(refused, 400, "malformed_request")
    assert [problem["path"] for problem in refused.json["problems"]] == [f"place.{next(iter(wrong))}"]
    assert boss.post(f"/spot-codes/{code}/confirm", TRUE).status_code == 200

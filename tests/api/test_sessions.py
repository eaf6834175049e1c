"""Login and logout over the API."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Caller


def test_a_token_opens_the_door_and_logout_closes_it(anonymous: Caller) -> None:
    token = anonymous.post("/sessions", {"username": "chair", "password": "demo"}).json["token"]
    chair = Caller(anonymous.client, token)

    assert chair.get("/me").json["username"] == "chair"
    assert chair.send("DELETE", "/sessions/current").status_code == 204
    assert chair.get("/me").status_code == 401


def test_login_tells_who_one_is(anonymous: Caller) -> None:
    answer = anonymous.post("/sessions", {"username": "hrss", "password": "demo"}).json

    assert answer["person"]["username"] == "hrss"
    assert answer["person"]["name"]


@pytest.mark.parametrize("username", ["chair", "nobody-of-this-name"])
def test_a_wrong_password_and_an_unknown_person_answer_the_same(anonymous: Caller, username: str) -> None:
    answer = anonymous.post("/sessions", {"username": username, "password": "guess"})

    assert (answer.status_code, answer.json["code"]) == (401, "wrong_password")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_guessing_is_slowed_down(anonymous: Caller) -> None:
    guesses = [anonymous.post("/sessions", {"username": "boss", "password": f"no{n}"}) for n in range(7)]

    assert guesses[0].status_code == 401
    assert (guesses[-1].status_code, guesses[-1].json["code"]) == (429, "login_locked")
    assert 1 <= int(guesses[-1].headers["Retry-After"]) <= 1800
    assert anonymous.post("/sessions", {"username": "chair", "password": "demo"}).status_code == 201


def test_logging_in_as_one_person_does_not_end_another_login(login: Callable[[str], Caller]) -> None:
    first, second = login("chair"), login("boss")

    assert [first.get("/me").json["username"], second.get("/me").json["username"]] == ["chair", "boss"]

"""One shape for every refusal, one status for every kind."""

import io

import pytest

from tests.api.conftest import Caller, claimed, task_of

SHAPE = {"type", "title", "status", "detail", "code", "problems"}


def assert_problem(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json) == SHAPE
    assert answer.json["status"] == status
    assert answer.json["type"] == f"urn:tongban:problem:{code}"
    assert answer.json["detail"] != code


def test_without_login_the_answer_is_401(anonymous: Caller) -> None:
    assert_problem(anonymous.get("/me"), 401, "unauthenticated")


def test_a_forged_token_is_no_login(anonymous: Caller) -> None:
    assert_problem(Caller(anonymous.client, "forged").get("/me"), 401, "unauthenticated")


def test_a_missing_thing_is_404(chair: Caller) -> None:
    assert_problem(chair.get("/tasks/00000000-0000-0000-0000-000000000000"), 404, "task_not_found")


def test_a_thing_of_others_looks_exactly_like_a_missing_one(login, case_id: str) -> None:
    stranger = login("chair2")

    foreign, missing = stranger.get(f"/cases/{case_id}"), stranger.get("/cases/" + "0" * len(case_id))

    assert_problem(foreign, 404, "case_not_found")
    assert foreign.json == missing.json


def test_what_one_may_see_but_not_do_is_403(chair: Caller, town_union: Caller, case_id: str) -> None:
    task_id = task_of(chair, case_id, "review_request")

    assert_problem(chair.post(f"/tasks/{task_id}/claim"), 403, "not_a_candidate")


def test_what_is_no_longer_possible_is_409(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    body = {"answers": {"意见": "同意"}}

    assert town_union.post(f"/tasks/{task_id}/complete", body).status_code == 200
    assert_problem(town_union.post(f"/tasks/{task_id}/complete", body), 409, "task_not_open")


def test_unacceptable_answers_are_422_and_name_every_field(chair: Caller) -> None:
    answer = chair.post("/cases", {"process": "training_request", "variables": {"人数": -1, "typename": "x"}})

    assert_problem(answer, 422, "answers_rejected")
    assert {p["path"] for p in answer.json["problems"]} == {"主题", "人数", "typename"}
    assert all(p["message"] and p["message"] != p["code"] for p in answer.json["problems"])


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"process": "training_request", "roles": ["admin"]}, "roles", "request_field_unknown"),
        ({}, "process", "request_field_missing"),
        ({"process": 7}, "process", "request_field_invalid"),
        ({"process": "a\x00b"}, "process", "request_text_unstorable"),
        ({"process": "p", "parties": {"worker_chief": "chair"}}, "parties.worker_chief", "request_field_invalid"),
    ],
)
def test_a_request_of_the_wrong_shape_is_400_and_names_the_place(chair: Caller, body, path, code) -> None:
    answer = chair.post("/cases", body)

    assert_problem(answer, 400, "malformed_request")
    assert code in {p["code"] for p in answer.json["problems"]} or path == "process"
    assert path in {p["path"] for p in answer.json["problems"]} or code == "request_text_unstorable"


def test_an_unknown_or_repeated_query_parameter_is_400(chair: Caller) -> None:
    assert_problem(chair.get("/tasks", sort="due_at;drop"), 400, "malformed_request")
    assert_problem(chair.send("GET", "/tasks?view=mine&view=done"), 400, "malformed_request")
    assert_problem(chair.get("/me", verbose=1), 400, "malformed_request")
    assert_problem(chair.get("/tasks", limit=100000), 400, "malformed_request")
    assert_problem(chair.get("/tasks", cursor="made up"), 422, "cursor_unreadable")


def test_text_that_is_not_json_is_400_and_another_content_type_415(chair: Caller) -> None:
    broken = chair.send("POST", "/cases", data="{", content_type="application/json")
    plain = chair.send("POST", "/cases", data='{"process": "x"}', content_type="text/plain")
    multipart = chair.send("POST", "/cases", data={"process": "x"}, content_type="multipart/form-data")

    assert_problem(broken, 400, "malformed_request")
    assert_problem(plain, 415, "unsupported_media_type")
    assert_problem(multipart, 415, "unsupported_media_type")


def test_a_body_where_none_is_expected_is_refused(chair: Caller, case_id: str) -> None:
    task_id = task_of(chair, case_id, "review_request")

    assert_problem(chair.post(f"/tasks/{task_id}/claim", {"assignee": "boss"}), 400, "malformed_request")


def test_another_method_is_405_and_names_the_right_ones(chair: Caller) -> None:
    answer = chair.send("DELETE", "/cases")

    assert_problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_an_unknown_path_is_a_problem_too(anonymous: Caller) -> None:
    assert_problem(anonymous.get("/no-such-thing"), 404, "not_found")


def test_a_body_that_is_too_large_is_413(chair: Caller) -> None:
    answer = chair.send("POST", "/cases", data=b" " * 1_000_001, content_type="application/json")

    assert_problem(answer, 413, "request_too_large")


def test_a_body_that_is_too_large_is_413_also_when_its_length_is_not_announced(chair: Caller) -> None:
    body = b'{"process": "training_request", "variables": {}}' + b" " * 1_000_001

    answer = chair.send(
        "POST",
        "/cases",
        input_stream=io.BytesIO(body),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert_problem(answer, 413, "request_too_large")


def test_an_id_that_no_database_can_look_up_is_404(chair: Caller) -> None:
    assert_problem(chair.get("/cases/a%00b"), 404, "not_found")
    assert_problem(chair.get("/cases/" + "x" * 300), 404, "not_found")


def test_the_wanted_language_is_spoken(chair: Caller) -> None:
    said = [chair.send("GET", "/tasks/x", headers={"Accept-Language": wanted}) for wanted in ("en-GB", "zh-CN", "fr")]

    assert [answer.headers["Content-Language"] for answer in said] == ["en", "zh", "zh"]
    assert [answer.json["title"] for answer in said] == ["Not found", "没有找到", "没有找到"]


def test_a_fault_of_ours_is_500_without_its_inside(app, chair: Caller, monkeypatch, caplog) -> None:
    engine = app.extensions["tongban"]
    monkeypatch.setattr(engine, "reading", lambda: (_ for _ in ()).throw(RuntimeError("secret place")))
    monkeypatch.setattr(engine, "authenticate", lambda token: _somebody())

    answer = chair.get("/me")

    assert_problem(answer, 500, "unexpected_error")
    assert "secret place" not in answer.text
    assert "unexpected error" in caplog.text


def _somebody():
    from engine.actor import Actor

    return Actor(person_id="p", username="somebody", name="某人")

"""Idempotency keys and ETags: what protects a client from its own network and from its colleagues."""

import pytest

from tests.api.conftest import Caller, claimed, task_of
from tests.api.test_refusals import assert_problem

START = {"process": "training_request", "variables": {"主题": "消防", "人数": 5}}


def test_a_start_that_is_sent_twice_starts_one_case(chair: Caller) -> None:
    first = chair.post("/cases", START, Idempotency_Key="start-1")
    again = chair.post("/cases", START, Idempotency_Key="start-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["id"] == again.json["id"]
    assert chair.get("/cases").json["total"] == 1


def test_the_order_of_keys_does_not_make_another_request(chair: Caller) -> None:
    turned = {"variables": {"人数": 5, "主题": "消防"}, "process": "training_request"}

    first = chair.post("/cases", START, Idempotency_Key="start-1")

    assert chair.post("/cases", turned, Idempotency_Key="start-1").json["id"] == first.json["id"]


def test_a_key_cannot_be_used_for_something_else(chair: Caller) -> None:
    chair.post("/cases", START, Idempotency_Key="start-1")
    other = START | {"variables": {"主题": "急救", "人数": 5}}

    assert_problem(chair.post("/cases", other, Idempotency_Key="start-1"), 422, "idempotency_key_reused")


def test_a_key_belongs_to_one_person(chair: Caller, login) -> None:
    mine = chair.post("/cases", START, Idempotency_Key="start-1").json["id"]

    assert login("chair2").post("/cases", START, Idempotency_Key="start-1").json["id"] != mine


def test_a_completion_that_is_sent_twice_happens_once(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    body = {"answers": {"意见": "同意"}}

    first = town_union.post(f"/tasks/{task_id}/complete", body, Idempotency_Key="done-1")
    again = town_union.post(f"/tasks/{task_id}/complete", body, Idempotency_Key="done-1")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json == again.json


def test_a_refusal_is_not_kept_so_that_the_key_can_be_used_again(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    refused = town_union.post(f"/tasks/{task_id}/complete", {"answers": {}}, Idempotency_Key="done-1")
    accepted = town_union.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "好"}}, Idempotency_Key="done-1")

    assert (refused.status_code, accepted.status_code) == (422, 200)


@pytest.mark.parametrize("key", ["", "x" * 141, "white space", "钥匙".encode().decode("latin-1")])
def test_a_key_is_short_visible_ascii(chair: Caller, key: str) -> None:
    assert_problem(chair.post("/cases", START, Idempotency_Key=key), 400, "malformed_request")


def test_every_write_takes_a_key(login) -> None:
    from tests.api.conftest import example_files
    from tests.api.test_processes import parts

    designer = login("designer")
    for _ in range(2):
        answer = designer.send(
            "POST",
            "/deployments",
            data=parts(example_files()),
            content_type="multipart/form-data",
            headers={"Idempotency-Key": "deploy-1"},
        )
        assert (answer.status_code, answer.json["deployable"]) == (201, True), answer.text


def test_an_unchanged_task_or_case_is_304(town_union: Caller, case_id: str) -> None:
    for path in (f"/tasks/{task_of(town_union, case_id, 'review_request')}", f"/cases/{case_id}"):
        tag = town_union.get(path).headers["ETag"]

        again = town_union.send("GET", path, headers={"If-None-Match": tag})

        assert (again.status_code, again.data) == (304, b"")


def test_a_task_that_has_changed_since_is_412(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    old = town_union.get(f"/tasks/{task_id}").headers["ETag"]
    town_union.post(f"/tasks/{task_id}/draft", {"answers": {"意见": "甲"}})
    body = {"answers": {"意见": "乙"}}

    assert_problem(town_union.post(f"/tasks/{task_id}/draft", body, If_Match=old), 412, "stale_tag")
    assert_problem(town_union.post(f"/tasks/{task_id}/complete", body, If_Match=old), 412, "stale_tag")
    assert town_union.get(f"/tasks/{task_id}").json["data"]["意见"] == "甲"


def test_a_task_that_is_as_it_was_read_can_be_completed(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    tag = town_union.get(f"/tasks/{task_id}").headers["ETag"]

    answer = town_union.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "好"}}, If_Match=tag)

    assert answer.status_code == 200

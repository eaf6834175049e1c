"""Somebody stands in for a colleague, over the API."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from engine.work import CITY_TIME
from tests.api.conftest import Caller, start, task_of
from tests.api.test_refusals import assert_problem

Login = Callable[[str], Caller]


def wanted(deputy: str, **changes: Any) -> dict[str, Any]:
    """For today and the four days after it."""
    today = datetime.now(CITY_TIME).date()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=4)).isoformat()}
    return {"stand_in": deputy, **days, "reason": "年休假", **changes}


def test_from_naming_to_the_record(login: Login, chair: Caller, town_union: Caller, case_id: str) -> None:
    deputy = login("town_union2")
    task_id = task_of(chair, case_id, "review_request")
    assert_problem(deputy.get(f"/tasks/{task_id}"), 404, "task_not_found")

    made = town_union.post("/me/stand-ins", wanted("town_union2"))
    (row,) = deputy.get("/me/stand-ins").json["items"]
    (listed,) = deputy.get("/tasks", view="group", stead="town_union").json["items"]
    seen = deputy.get(f"/tasks/{task_id}").json
    claimed = deputy.post(f"/tasks/{task_id}/claim", {"on_behalf_of": "town_union"})
    held = deputy.get(f"/tasks/{task_id}").json
    ended = town_union.post(f"/stand-ins/{row['id']}/end", {})

    assert (made.status_code, made.json["id"]) == (201, row["id"])
    assert (row["person"], row["stand_in"], row["state"], row["groups"]) == (
        "town_union", "town_union2", "in_force", None,
    )  # fmt: skip
    assert [one["username"] for one in listed["stand_in_for"]] == ["town_union"]
    assert (seen["in_the_name_of"], seen["actions"]["claim"]) == (["town_union"], None)
    assert claimed.json["assignee"] == "town_union2"
    assert (held["on_behalf_of"], held["actions"]["transfer"]) == ("town_union", "held_for_another")
    assert ended.json == {"tasks": 1}
    assert_problem(deputy.get(f"/tasks/{task_id}"), 404, "task_not_found")
    act = next(e for e in chair.get(f"/cases/{case_id}/history").json["items"] if e["action"] == "task_claimed")
    assert (act["actor"], act["on_behalf_of"]) == ("town_union2", "town_union")


def test_what_is_wrong_is_said_with_its_place(town_union: Caller) -> None:
    backwards = town_union.post("/me/stand-ins", wanted("town_union2", ends_on="2020-01-01"))
    stranger = town_union.post("/me/stand-ins", wanted("hrss"))

    assert backwards.status_code == stranger.status_code == 422
    assert [p["path"] for p in backwards.json["problems"]] == ["ends_on"]
    assert [p["path"] for p in stranger.json["problems"]] == ["stand_in"]


def test_one_claims_for_nobody_else(login: Login, town_union: Caller, chair: Caller) -> None:
    task_id = task_of(chair, start(chair), "review_request")

    refused = town_union.post(f"/tasks/{task_id}/claim", {"on_behalf_of": "union"})

    assert_problem(refused, 422, "not_standing_in")


def test_the_security_administrator_does_it_for_somebody(login: Login, town_union: Caller) -> None:
    security, person = login("security"), town_union.get("/me").json["id"]

    made = security.post(f"/people/{person}/stand-ins", wanted("town_union2"))
    listed = security.get(f"/people/{person}/stand-ins").json["items"]
    unreasoned = security.post(f"/stand-ins/{made.json['id']}/end", {})
    ended = security.post(f"/stand-ins/{made.json['id']}/end", {"reason": "提前返岗"})

    assert [row["named_by"] for row in listed] == ["security"]
    assert_problem(unreasoned, 422, "reason_missing")
    assert ended.status_code == 200
    assert_problem(login("admin").post(f"/people/{person}/stand-ins", wanted("town_union2")), 403, "not_in_group")

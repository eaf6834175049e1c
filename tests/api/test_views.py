"""Saved views and the desk over the API."""

from tests.api.conftest import Caller, start
from tests.api.test_refusals import assert_problem


def test_a_view_is_kept_opened_changed_and_thrown_away(login, town_union: Caller, case_id: str) -> None:
    view_id = town_union.post("/views", {"name": "本镇在办", "asked": {"view": "group", "due": "90"}}).json["id"]

    (view,) = town_union.get("/views").json["items"]
    assert (view["name"], view["asked"], view["is_mine"]) == ("本镇在办", {"view": "group", "due": "90"}, True)
    assert town_union.get(f"/views/{view_id}/tasks").json["total"] == 1
    assert_problem(login("boss2").get(f"/views/{view_id}"), 404, "view_not_found")
    assert_problem(login("boss2").get(f"/views/{view_id}/tasks"), 404, "view_not_found")

    assert (
        town_union.send("PUT", f"/views/{view_id}", json={"name": "急", "asked": {"view": "overdue"}}).status_code
        == 204
    )
    assert town_union.get(f"/views/{view_id}").json["asked"] == {"view": "overdue"}
    assert town_union.send("DELETE", f"/views/{view_id}").status_code == 204
    assert town_union.get("/views").json["total"] == 0


def test_a_view_that_asks_nothing_is_refused_with_its_place(town_union: Caller) -> None:
    assert_problem(town_union.post("/views", {"name": "x", "asked": {"due": "soon"}}), 422, "question_wrong")
    assert_problem(town_union.post("/views", {"name": "x", "asked": {}, "audience": "hrss@*"}), 403, "not_of_group")


def test_the_desk_keeps_what_it_is_told(town_union: Caller) -> None:
    told = {"columns": ["clock", "task", "due"], "density": "comfortable"}

    assert town_union.send("PUT", "/me/desk", json=told).status_code == 204

    desk = town_union.get("/me/desk").json
    assert (desk["columns"], desk["density"]) == (["clock", "task", "due"], "comfortable")
    assert_problem(
        town_union.send("PUT", "/me/desk", json={"columns": ["task"], "density": "normal"}), 422, "desk_wrong"
    )


def test_pages_of_tasks_are_turned_in_both_directions(town_union: Caller, chair: Caller, case_id: str) -> None:
    start(chair)
    first = town_union.get("/tasks", view="group", limit=1).json
    second = town_union.get("/tasks", view="group", limit=1, cursor=first["next"]).json

    assert (first["total"], first["total_is_exact"], first["previous"], second["next"]) == (2, True, None, None)
    assert town_union.get("/tasks", view="group", limit=1, cursor=second["previous"]).json["items"] == first["items"]


def test_what_is_followed_and_looked_at_again(town_union: Caller, case_id: str) -> None:
    task_id = town_union.get("/tasks", view="group").json["items"][0]["id"]

    assert town_union.send("PUT", f"/tasks/{task_id}/follow").status_code == 204
    assert town_union.post(f"/tasks/{task_id}/follow-up", {"on": "2099-01-01"}).status_code == 204
    (task,) = town_union.get("/tasks", view="followed").json["items"]
    assert (task["flags"], task["follow_up_at"]) == (["followed"], "2099-01-01T00:00:00+08:00")
    assert town_union.send("DELETE", f"/tasks/{task_id}/follow").status_code == 204
    assert town_union.send("PUT", f"/cases/{case_id}/follow").status_code == 204
    assert town_union.get("/tasks", view="followed").json["total"] == 1
    assert town_union.send("DELETE", f"/cases/{case_id}/follow").status_code == 204
    assert town_union.get("/tasks", view="followed").json["total"] == 0

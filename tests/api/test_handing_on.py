"""A task goes to somebody else, is asked for, and a case is sent to people to read, over the API."""

from collections.abc import Callable

from tests.api.conftest import Caller, claimed, task_of
from tests.api.test_refusals import assert_problem

Login = Callable[[str], Caller]


def test_a_task_is_delegated_handed_back_and_transferred(login: Login, town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    other = {"assignee": "guide", "reason": "请代拟"}

    delegated = town_union.post(f"/tasks/{task_id}/delegate", other)
    refused = town_union.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "同意"}})
    seen = login("guide").get(f"/tasks/{task_id}").json
    back = login("guide").post(f"/tasks/{task_id}/hand-back", {"note": "拟好了"})
    again = town_union.post(f"/tasks/{task_id}/take-back")
    transferred = town_union.post(f"/tasks/{task_id}/transfer", other)

    assert delegated.json == {"id": task_id, "state": "claimed", "assignee": "guide"}
    assert_problem(refused, 403, "not_the_assignee")
    assert (seen["owner"], seen["actions"]["hand_back"], seen["actions"]["complete"]) == (
        "town_union", None, "task_delegated",
    )  # fmt: skip
    assert back.json["assignee"] == "town_union"
    assert_problem(again, 409, "task_not_delegated")
    assert transferred.json["assignee"] == "guide"


def test_a_task_is_urged_and_counted(chair: Caller, town_union: Caller, case_id: str) -> None:
    task_id = task_of(chair, case_id, "review_request")

    assert chair.post(f"/tasks/{task_id}/urge", {"note": "请尽快"}).json == {"id": task_id, "urged_count": 1}
    assert_problem(chair.post(f"/tasks/{task_id}/urge", {}), 409, "urged_recently")
    assert town_union.get(f"/tasks/{task_id}").json["urged_count"] == 1


def test_a_case_is_sent_read_and_confirmed(login: Login, chair: Caller, town_union: Caller, case_id: str) -> None:
    sent = town_union.post(f"/cases/{case_id}/copies", {"to": ["chair"], "note": "请阅"})
    (mine,) = chair.get("/me/copies").json["items"]

    assert (sent.status_code, sent.json) == (201, {"sent": 1})
    assert (mine["note"], mine["sent_by"], mine["read_at"]) == ("请阅", "town_union", None)
    assert_problem(login("boss").post(f"/copies/{mine['id']}/read"), 404, "copy_not_found")
    assert chair.post(f"/copies/{mine['id']}/read").status_code == 204
    assert town_union.get(f"/cases/{case_id}/copies").json["items"][0]["read_at"]
    assert_problem(login("boss2").get(f"/cases/{case_id}/copies"), 404, "case_not_found")
    assert_problem(town_union.post(f"/cases/{case_id}/copies", {"to": ["boss2"]}), 422, "copy_refused")

"""A case goes back over the API: what would change is asked first, and done under the fingerprint that was shown."""

from collections.abc import Callable

from tests.api.conftest import Caller, claimed, task_of
from tests.api.test_refusals import assert_problem

Login = Callable[[str], Caller]
OPINION = {"answers": {"意见": "同意"}}


def reviewed(town_union: Caller, case_id: str) -> tuple[str, str]:
    """The review that was handed in, and the task of the requester behind it."""
    review = claimed(town_union, case_id, "review_request")
    town_union.post(f"/tasks/{review}/complete", OPINION)
    return review, task_of(town_union, case_id, "confirm_plan")


def test_a_case_is_sent_back_as_it_was_shown(login: Login, chair: Caller, town_union: Caller, case_id: str) -> None:
    review, confirm = reviewed(town_union, case_id)

    shown = town_union.get(f"/tasks/{confirm}/return").json
    plan = shown["plan"]
    done = town_union.post(f"/tasks/{confirm}/return", {"to": review, "reason": "人数有误", "plan": plan["plan"]})

    assert [(s["task_id"], s["element_id"], s["person"]) for s in shown["steps"]] == [
        (review, "review_request", plan["superseded"][0]["person"])
    ]
    assert (plan["possible"], plan["obstacles"], plan["told"]) == (True, [], [])
    assert [(r["name"], r["person"]) for r in plan["opened"]] == [("审核申请", plan["superseded"][0]["person"])]
    assert [r["task_id"] for r in plan["ended"]] == [confirm]
    assert (done.status_code, done.json) == (200, {"id": confirm, "case_id": case_id})
    again = town_union.get(f"/tasks/{task_of(town_union, case_id, 'review_request')}").json
    assert (again["return_reason"], again["returned_by"], again["data"]["意见"]) == ("人数有误", "town_union", "同意")
    assert town_union.get(f"/tasks/{review}").json["superseded_at"]
    history = {
        e["action"]: e["taken_back"] for e in reversed(town_union.get(f"/cases/{case_id}/history").json["items"])
    }
    assert (history["task_returned"], history["task_completed"], history["case_started"]) == (False, True, False)


def test_who_may_not_and_what_is_not_there(login: Login, chair: Caller, town_union: Caller, case_id: str) -> None:
    review, confirm = reviewed(town_union, case_id)
    chair.post(f"/tasks/{confirm}/claim")
    why = {"reason": "请重审"}

    assert_problem(login("boss2").post(f"/tasks/{confirm}/return", why), 404, "task_not_found")
    assert_problem(login("boss2").get(f"/tasks/{confirm}/return"), 404, "task_not_found")
    assert_problem(chair.post(f"/tasks/{confirm}/return", why), 403, "return_not_offered")
    assert chair.get(f"/tasks/{confirm}").json["actions"]["return"] == "return_not_offered"
    assert_problem(town_union.post(f"/tasks/{confirm}/return", why | {"to": "nowhere"}), 404, "step_unknown")
    assert_problem(town_union.post(f"/tasks/{confirm}/return", {"reason": " "}), 422, "reason_missing")
    assert_problem(town_union.post(f"/tasks/{confirm}/return", why | {"plan": "0" * 16}), 409, "plan_changed")
    assert_problem(town_union.post(f"/tasks/{review}/recall", {}), 409, "return_refused")


def test_what_was_just_handed_in_is_taken_back(town_union: Caller, case_id: str) -> None:
    review, _ = reviewed(town_union, case_id)

    plan = town_union.get(f"/tasks/{review}/recall").json
    taken = town_union.post(f"/tasks/{review}/recall", {"plan": plan["plan"]}, Idempotency_Key="once")
    repeated = town_union.post(f"/tasks/{review}/recall", {"plan": plan["plan"]}, Idempotency_Key="once")

    assert (taken.status_code, repeated.json) == (200, taken.json)
    assert town_union.get(f"/tasks/{review}").json["actions"]["recall"] == "task_not_open"
    assert town_union.get(f"/tasks/{task_of(town_union, case_id, 'review_request')}").json["assignee"] == "town_union"

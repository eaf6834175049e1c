"""Others sign a task over the API: asked as shown, signed, taken off, taken back; and who reads what was said."""

from collections.abc import Callable

import pytest

from tests.api.conftest import Caller, claimed
from tests.api.test_refusals import assert_problem

Login = Callable[[str], Caller]
OPINION = {"answers": {"意见": "同意"}}


def asked(caller: Caller) -> str:
    (row,) = [row for row in caller.get("/tasks").json["items"] if row["principal_id"]]
    task: str = row["id"]
    return task


def test_it_is_asked_as_shown_and_complete_when_all_agree(login: Login, town_union: Caller, case_id: str) -> None:
    review, union = claimed(town_union, case_id, "review_request"), login("union")

    plan = town_union.get(f"/tasks/{review}/cosigners/outlook", to="union", mode="after").json
    done = town_union.post(
        f"/tasks/{review}/cosigners", {"to": ["union"], "mode": "after", "question": "可以吗", "plan": plan["plan"]}
    )
    handed_in = town_union.post(f"/tasks/{review}/complete", OPINION)
    mine = union.get(f"/tasks/{asked(union)}").json
    signed = union.post(f"/tasks/{mine['id']}/sign", {"verdict": "agree", "opinion": "同意"})

    assert (plan["possible"], plan["outcome"], plan["told"]) == (True, "waits_after_hand_in", [])
    assert (done.status_code, done.json) == (200, {"id": review, "asked": 1})
    assert handed_in.json["state"] == "claimed"
    assert (mine["actions"]["sign"], mine["actions"]["complete"]) == (None, "is_cosignature")
    assert (signed.status_code, signed.json["case_id"]) == (200, case_id)
    assert town_union.get(f"/tasks/{review}").json["state"] == "completed"
    (row,) = town_union.get(f"/tasks/{review}/cosigners").json["items"]
    assert (row["person"], row["state"], row["verdict"], row["opinion"], row["question"]) == (
        "union", "signed", "agree", "同意", "可以吗",
    )  # fmt: skip


def test_what_the_offices_say_to_each_other_the_parties_do_not_read(
    login: Login, chair: Caller, town_union: Caller, case_id: str
) -> None:
    review, union = claimed(town_union, case_id, "review_request"), login("union")
    town_union.post(f"/tasks/{review}/cosigners", {"to": ["union"], "question": "内部问题"})
    union.post(f"/tasks/{asked(union)}/sign", {"verdict": "disagree", "opinion": "内部意见"})

    (row,) = chair.get(f"/tasks/{review}/cosigners").json["items"]
    assert (row["is_for_me"], row["verdict"], row["opinion"], row["question"], row["state"]) == (
        False, None, "", "", "signed",
    )  # fmt: skip
    for page in (f"/tasks/{review}", f"/cases/{case_id}/history", f"/cases/{case_id}/waiting"):
        assert "内部" not in chair.get(page).text
    assert_problem(login("boss2").get(f"/tasks/{review}/cosigners"), 404, "task_not_found")


def test_somebody_is_taken_off_and_what_was_handed_in_taken_back(
    login: Login, town_union: Caller, case_id: str
) -> None:
    review = claimed(town_union, case_id, "review_request")
    town_union.post(f"/tasks/{review}/cosigners", {"to": ["union"], "mode": "after"})
    town_union.post(f"/tasks/{review}/complete", OPINION)

    assert_problem(town_union.post(f"/tasks/{review}/complete", OPINION), 409, "task_handed_in")
    back = town_union.post(f"/tasks/{review}/take-back-hand-in", {})
    plan = town_union.get(f"/tasks/{review}/cosigners/removal", signer="union").json
    off = town_union.post(
        f"/tasks/{review}/cosigners/removal", {"signer": "union", "reason": "不用了", "plan": plan["plan"]}
    )

    assert (back.status_code, plan["outcome"], off.status_code) == (200, "goes_on", 200)
    assert [r["state"] for r in town_union.get(f"/tasks/{review}/cosigners").json["items"]] == ["closed", "removed"]
    assert town_union.post(f"/tasks/{review}/complete", OPINION).json["state"] == "completed"


def test_what_cannot_be_asked_says_why(login: Login, chair: Caller, town_union: Caller, case_id: str) -> None:
    review = claimed(town_union, case_id, "review_request")

    refused = town_union.post(f"/tasks/{review}/cosigners", {"to": ["chair", "town_union", "nobody"]})
    assert_problem(refused, 422, "cosigners_refused")
    assert [p["code"] for p in refused.json["problems"]] == ["outside_circle", "signs_own_task", "unknown_person"]
    assert_problem(chair.post(f"/tasks/{review}/cosigners", {"to": ["union"]}), 403, "not_the_assignee")
    assert_problem(
        town_union.post(f"/tasks/{review}/cosigners/removal", {"signer": "union", "reason": "x"}), 404, "signer_unknown"
    )
    assert_problem(town_union.post(f"/tasks/{review}/sign", {"verdict": "agree"}), 409, "not_a_cosignature")


@pytest.mark.parametrize("name", ["\x00", "\x01", "\n", "\x7f", "\u2028", "\ufffe", "a" * 5000, "", " "])
def test_whoever_is_named_the_outlook_answers_in_the_usual_shape(town_union: Caller, case_id: str, name: str) -> None:
    review = claimed(town_union, case_id, "review_request")

    answer = town_union.get(f"/tasks/{review}/cosigners/outlook", to=name)

    if answer.status_code == 200:
        assert answer.json["problems"][0]["code"] == "unknown_person"
    else:
        assert_problem(answer, 400, "malformed_request")
        assert answer.json["problems"][0]["path"] == "to.0"

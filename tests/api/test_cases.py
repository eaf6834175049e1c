"""Cases over the API: start, read, list, stop."""

import io
import json
import zipfile

import pytest

from tests.api.conftest import Caller, claimed, start, task_of
from tests.api.test_refusals import assert_problem

SHAPE = {"id", "number", "title", "process", "version", "status", "stage", "parties", "enterprise", "created_at"}


def test_a_started_case_has_the_agreed_shape(chair: Caller) -> None:
    variables = {"主题": "安全生产", "人数": 12, "预算": 2400.5}

    answer = chair.post("/cases", {"process": "training_request", "variables": variables})

    case = answer.json
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/cases/{case['id']}"
    assert set(case) >= SHAPE
    assert (case["process"], case["version"], case["status"], case["stage"]) == (
        "training_request",
        1,
        "running",
        "handling",
    )
    assert case["enterprise"] == "永康市星月模具有限公司"
    assert case["parties"] == {"requester": ["chair"]}
    assert case["created_at"].endswith("+08:00")
    assert [stage["state"] for stage in case["stages"]] == ["current"]


def test_parties_can_be_named_at_the_start(chair: Caller) -> None:
    parties = {"requester": ["chair", "rep1"]}
    body = {"process": "training_request", "variables": {"主题": "消防", "人数": 3}, "parties": parties}

    assert chair.post("/cases", body).json["parties"] == parties


def test_an_unknown_person_cannot_be_a_party(chair: Caller) -> None:
    body = {"process": "training_request", "variables": {"主题": "消防", "人数": 3}, "parties": {"requester": ["x"]}}

    answer = chair.post("/cases", body)

    assert (answer.status_code, answer.json["problems"][0]["message"] != "") == (422, True)


def test_who_may_not_start_a_process_is_told_so(town_union: Caller) -> None:
    answer = town_union.post("/cases", {"process": "training_request", "variables": {}})

    assert_problem(answer, 403, "not_in_group")


def test_a_case_for_an_enterprise_of_others_is_refused(chair: Caller) -> None:
    body = {
        "process": "training_request",
        "variables": {"主题": "消防", "人数": 3},
        "enterprise": "永康市远山门业有限公司",
    }

    assert_problem(chair.post("/cases", body), 422, "enterprise_not_yours")


def test_cases_are_listed_in_pages_newest_first(chair: Caller) -> None:
    ids = [start(chair, 主题=f"第{n}期") for n in range(3)]

    first = chair.get("/cases", limit=2).json
    rest = chair.get("/cases", limit=2, cursor=first["next"]).json

    assert [case["id"] for case in first["items"] + rest["items"]] == ids[::-1]
    assert (first["total"], rest["total"], rest["next"]) == (3, 3, None)


def test_a_list_can_be_narrowed(chair: Caller, case_id: str) -> None:
    number = chair.get(f"/cases/{case_id}").json["number"]

    assert chair.get("/cases", text=number).json["total"] == 1
    assert chair.get("/cases", text="100%_").json["total"] == 0
    assert chair.get("/cases", status="completed").json["total"] == 0
    assert_problem(chair.get("/cases", status="eaten"), 400, "malformed_request")


def test_other_enterprises_do_not_see_a_case_anywhere(login, case_id: str) -> None:
    stranger = login("boss2")

    assert stranger.get("/cases").json["total"] == 0
    for part in ("", "/history", "/waiting", "/diagram", "/documents", "/clocks", "/evidence"):
        assert_problem(stranger.get(f"/cases/{case_id}{part}"), 404, "case_not_found")


def test_officials_of_another_town_do_not_see_a_case(login, case_id: str) -> None:
    assert_problem(login("town_union2").get(f"/cases/{case_id}"), 404, "case_not_found")


def test_one_sentence_says_why_a_case_waits(chair: Caller, case_id: str) -> None:
    waiting = chair.get(f"/cases/{case_id}/waiting").json

    review = next(w for w in waiting["items"] if w["element_id"] == "review_request" and w["task_id"])
    assert review["message"] != review["code"]
    assert "审核申请" in review["message"]


def test_history_is_chained_and_pages(chair: Caller, town_union: Caller, case_id: str) -> None:
    claimed(town_union, case_id, "review_request")

    entries, cursor = [], None
    while True:
        page = chair.get(f"/cases/{case_id}/history", limit=2, **({"cursor": cursor} if cursor else {})).json
        entries += page["items"]
        cursor = page["next"]
        if cursor is None:
            break

    assert page["total"] == len(entries)
    assert [e["seq"] for e in entries] == list(range(len(entries), 0, -1))
    assert {e["action"] for e in entries} >= {"case_started", "task_claimed"}
    assert [newer["prev"] for newer in entries[:-1]] == [older["hash"] for older in entries[1:]]
    assert set(entries[0]) >= {
        "seq", "at", "actor", "on_behalf_of", "action", "element_id", "reason", "details", "hash",
    }  # fmt: skip


def test_the_diagram_shows_where_the_case_is(chair: Caller, case_id: str) -> None:
    diagram = chair.get(f"/cases/{case_id}/diagram").json

    assert "training_request" in diagram["xml"]
    assert "review_request" in {mark["element_id"] for mark in diagram["current"]}
    assert diagram["failed"] == []


def test_deadlines_say_when_and_why(chair: Caller, case_id: str) -> None:
    clocks = chair.get(f"/cases/{case_id}/clocks").json["items"]

    overdue = next(c for c in clocks if c["element_id"] == "review_overdue")
    assert overdue["state"] == "running"
    assert overdue["due_at"].endswith("+08:00")


def test_the_evidence_bundle_is_a_zip_that_verifies(chair: Caller, case_id: str) -> None:
    answer = chair.get(f"/cases/{case_id}/evidence")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        assert {"manifest.json", "history.jsonl", "verify.py"} <= set(bundle.namelist())
        lines = bundle.read("history.jsonl").decode().splitlines()
    assert answer.mimetype == "application/zip"
    assert [json.loads(line)["seq"] for line in lines] == list(range(1, len(lines) + 1))


def test_a_case_can_be_suspended_resumed_and_cancelled_with_a_reason(town_union: Caller, case_id: str) -> None:
    steps = [
        town_union.post(f"/cases/{case_id}/{act}", {"reason": "核实情况"}).json["status"]
        for act in ("suspend", "resume", "cancel")
    ]

    assert steps == ["suspended", "running", "cancelled"]
    assert town_union.get(f"/cases/{case_id}").json["status"] == "cancelled"


def test_nothing_can_be_done_in_a_suspended_case(town_union: Caller, case_id: str) -> None:
    task_id = task_of(town_union, case_id, "review_request")
    town_union.post(f"/cases/{case_id}/suspend", {"reason": "核实情况"})

    assert_problem(town_union.post(f"/tasks/{task_id}/claim"), 409, "case_not_running")


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": None}])
def test_stopping_a_case_needs_a_reason(town_union: Caller, case_id: str, body: dict) -> None:
    assert_problem(town_union.post(f"/cases/{case_id}/cancel", body), 400, "malformed_request")


def test_a_blank_reason_is_no_reason(town_union: Caller, case_id: str) -> None:
    assert_problem(town_union.post(f"/cases/{case_id}/cancel", {"reason": "   "}), 422, "reason_missing")


def test_a_party_cannot_stop_a_case(chair: Caller, case_id: str) -> None:
    assert_problem(chair.post(f"/cases/{case_id}/cancel", {"reason": "不想办了"}), 403, "not_in_charge")


def test_parties_can_be_replaced_by_those_in_charge(town_union: Caller, case_id: str) -> None:
    body = {"role": "requester", "persons": ["rep2"], "reason": "工会主席出差"}

    assert town_union.post(f"/cases/{case_id}/parties", body).json["parties"] == {"requester": ["rep2"]}

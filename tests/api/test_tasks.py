"""The task queue over the API."""

import io

import pytest

from tests.api.conftest import Caller, claimed, start, task_of
from tests.api.test_refusals import assert_problem

LISTED = {
    "id", "case_id", "name", "element_id", "form", "state", "stage", "assignee", "candidate_groups", "due_at", "clock",
}  # fmt: skip
PDF = b"%PDF-1.7\n%a small document\n"


def pdf(name: str = "意见.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_tasks_have_the_agreed_shape_in_a_list_and_alone(town_union: Caller, case_id: str) -> None:
    listed = town_union.get("/tasks", view="claimable").json
    task = town_union.get(f"/tasks/{listed['items'][0]['id']}").json

    assert listed["total"] == 1
    assert set(listed["items"][0]) >= LISTED
    assert set(task) >= LISTED | {"schema", "data", "instructions"}
    assert (task["element_id"], task["form"], task["state"]) == ("review_request", "training_review", "open")
    assert task["instructions"] == "请审核申请是否合理，写明意见。"
    assert task["schema"]["id"] == "training_review"
    assert task["actions"]["claim"] is None
    assert task["actions"]["complete"] == "task_not_claimed"


def test_a_task_wanders_through_the_views(town_union: Caller, case_id: str) -> None:
    def where() -> list[str]:
        return [v for v in ("mine", "claimable", "group", "done") if town_union.get("/tasks", view=v).json["total"]]

    task_id = task_of(town_union, case_id, "review_request")
    seen = [where()]
    town_union.post(f"/tasks/{task_id}/claim")
    seen.append(where())
    town_union.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "同意"}})
    seen.append(where())

    assert seen == [["claimable", "group"], ["mine", "group"], ["group", "done"]]


def test_a_claimed_task_can_be_put_back(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    assert town_union.post(f"/tasks/{task_id}/release").json == {"id": task_id, "state": "open", "assignee": None}
    assert town_union.get(f"/tasks/{task_id}").json["state"] == "open"


def test_a_task_is_claimed_once(login, chair: Caller, town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    assert town_union.get(f"/tasks/{task_id}").json["assignee"] == "town_union"
    assert_problem(login("guide").post(f"/tasks/{task_id}/claim"), 409, "task_already_claimed")


def test_a_task_can_be_given_to_a_candidate_with_a_reason(login, chair: Caller, town_union: Caller) -> None:
    case_id = start(chair)
    task_id = task_of(town_union, case_id, "review_request")

    given = town_union.post(f"/tasks/{task_id}/assign", {"assignee": "town_union", "reason": "本人经办"})
    refused = town_union.post(f"/tasks/{task_id}/assign", {"assignee": "chair", "reason": "换人"})

    assert given.json["assignee"] == "town_union"
    assert_problem(refused, 403, "not_a_candidate")


def test_a_draft_is_kept_for_the_one_who_writes_it(town_union: Caller, chair: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    assert town_union.post(f"/tasks/{task_id}/draft", {"answers": {"意见": "待补"}}).status_code == 200

    assert town_union.get(f"/tasks/{task_id}").json["data"]["意见"] == "待补"
    assert chair.get(f"/tasks/{task_id}").json["data"]["意见"] != "待补"


def test_completing_moves_the_case_on(town_union: Caller, chair: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    answer = town_union.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "同意", "加急": True}})

    assert answer.json == {"id": task_id, "case_id": case_id, "state": "completed", "warnings": []}
    done = town_union.get(f"/tasks/{task_id}").json
    assert (done["state"], done["data"]["意见"], done["data"]["加急"]) == ("completed", "同意", True)
    assert task_of(chair, case_id, "confirm_plan")


def test_wrong_answers_change_nothing_and_every_problem_has_a_place(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    answer = town_union.post(f"/tasks/{task_id}/complete", {"answers": {"加急": "maybe", "unknown": 1}})

    assert_problem(answer, 422, "answers_rejected")
    assert {p["path"] for p in answer.json["problems"]} == {"意见", "加急", "unknown"}
    assert town_union.get(f"/tasks/{task_id}").json["state"] == "claimed"


def test_a_task_of_others_cannot_be_completed(town_union: Caller, chair: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    assert_problem(chair.post(f"/tasks/{task_id}/complete", {"answers": {"意见": "好"}}), 403, "not_the_assignee")


@pytest.mark.parametrize("act", ["claim", "release", "complete", "draft", "assign"])
def test_a_stranger_finds_no_task_to_act_on(login, town_union: Caller, case_id: str, act: str) -> None:
    task_id = task_of(town_union, case_id, "review_request")
    body = {"complete": {"answers": {}}, "draft": {"answers": {}}, "assign": {"assignee": "boss2", "reason": "x"}}

    assert_problem(login("boss2").post(f"/tasks/{task_id}/{act}", body.get(act)), 404, "task_not_found")


def test_a_document_is_uploaded_handed_in_and_downloaded(town_union: Caller, chair: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    document_id = town_union.upload(f"/tasks/{task_id}/files", field="附件", file=pdf()).json["id"]
    answers = {"意见": "同意", "附件": [document_id]}
    assert town_union.post(f"/tasks/{task_id}/complete", {"answers": answers}).status_code == 200

    listed = chair.get(f"/cases/{case_id}/documents").json["items"]
    answer = chair.get(f"/documents/{document_id}")

    assert [(d["id"], d["name"], d["media_type"], d["size"]) for d in listed] == [
        (document_id, "意见.pdf", "application/pdf", len(PDF))
    ]
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].endswith("filename*=UTF-8''%E6%84%8F%E8%A7%81.pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_draft_document_is_seen_by_its_owner_alone(town_union: Caller, chair: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    document_id = town_union.upload(f"/tasks/{task_id}/files", field="附件", file=pdf()).json["id"]

    assert_problem(chair.get(f"/documents/{document_id}"), 404, "document_not_found")
    assert_problem(chair.send("DELETE", f"/documents/{document_id}"), 404, "document_not_found")
    assert town_union.send("DELETE", f"/documents/{document_id}").status_code == 204
    assert_problem(town_union.get(f"/documents/{document_id}"), 404, "document_not_found")


def test_the_content_of_a_file_decides_what_it_is(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    answer = town_union.upload(f"/tasks/{task_id}/files", field="附件", file=pdf("a.pdf", b"<script>"))

    assert_problem(answer, 422, "document_kind_unknown")


def test_a_file_is_needed_and_a_text_is_not_a_file(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    assert_problem(town_union.upload(f"/tasks/{task_id}/files", field="附件"), 400, "malformed_request")
    assert_problem(town_union.upload(f"/tasks/{task_id}/files", field="附件", file="text"), 400, "malformed_request")
    assert_problem(town_union.post(f"/tasks/{task_id}/files", {"field": "附件"}), 415, "unsupported_media_type")


def test_a_part_that_comes_twice_is_refused(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")

    answer = town_union.upload(f"/tasks/{task_id}/files", field=["附件", "意见"], file=pdf())

    assert_problem(answer, 400, "malformed_request")


def test_a_document_that_is_too_large_is_413(town_union: Caller, case_id: str) -> None:
    task_id = claimed(town_union, case_id, "review_request")
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [
        head.format("field") + "\r\n\r\n附件",
        head.format("file") + '; filename="a.pdf"\r\n\r\n%PDF-' + " " * (20 * 1024 * 1024),
    ]
    body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"

    answer = town_union.send(
        "POST", f"/tasks/{task_id}/files", data=body.encode(), content_type="multipart/form-data; boundary=x"
    )

    assert_problem(answer, 413, "document_too_large")

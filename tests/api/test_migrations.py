"""Running cases are moved over HTTP: looked at, rehearsed, moved with a choice, followed; one alone."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.api.conftest import Caller, example_files, start, task_of
from tests.api.test_refusals import assert_problem

PROCESS = "training_request"
OLD, NEW = "review_request", "approve_request"
ORDER: dict[str, Any] = {"process": PROCESS, "from": 1, "to": 2, "reason": "审核改为审批"}
PLAN = f"/processes/{PROCESS}/migration"


@pytest.fixture
def cases(chair: Caller) -> list[str]:
    return [start(chair) for _ in range(3)]


@pytest.fixture
def designer(login: Callable[[str], Caller], cases: list[str]) -> Caller:
    """After version 2, in which the first step is another one under another name."""
    files = example_files()
    text = files[f"{PROCESS}.bpmn"].decode().replace(OLD, NEW).replace('name="审核申请"', 'name="审批申请"')
    files[f"{PROCESS}.bpmn"] = text.encode()
    parts = [(io.BytesIO(body), path.rpartition("/")[2]) for path, body in files.items()]
    found = login("designer")
    answer = found.upload("/deployments", files=parts, comment="审批")
    assert answer.status_code == 201, answer.text
    return found


def work_off(app: Flask) -> None:
    engine = app.extensions["tongban"]
    while tick(engine, lambda job_id: do_job(engine, job_id)):
        pass


def begun(designer: Caller, **more: Any) -> str:
    answer = designer.post("/migrations", ORDER | more)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"].endswith(f"/api/v1/migrations/{answer.json['id']}")
    return answer.json["id"]


def test_the_outlook_says_who_needs_a_choice_and_what_there_is_to_choose(designer: Caller) -> None:
    found = designer.get(PLAN, **{"from": 1, "to": 2}).json

    assert (found["cases"], found["choice"], found["moves"], found["stays"]) == (3, 3, 0, 0)
    (step,) = [match for match in found["matches"] if match["element_id"] == OLD]
    assert (step["fit"], step["target"], step["cases"], step["name"]) == ("gone", None, 3, "审核申请")
    assert NEW in {option["element_id"] for option in step["options"]}
    assert NEW in {added["element_id"] for added in found["added"]}
    (group,) = found["groups"]
    assert "审核申请" in group["problems"][0]["message"]


@pytest.mark.parametrize("name", [f"choice[{OLD}]", f"choice.{OLD}"])
def test_a_choice_in_the_address_is_taken_into_account(designer: Caller, name: str) -> None:
    asked = {"from": 1, "to": 2, name: NEW}

    assert designer.get(PLAN, **asked).json["moves"] == 3
    cases = designer.get(f"{PLAN}/cases", **asked, verdict="moves", limit=2).json
    assert {row["verdict"] for row in cases["items"]} == {"moves"}
    rest = designer.get(f"{PLAN}/cases", **asked, cursor=cases["next"]).json
    assert len({row["number"] for row in cases["items"] + rest["items"]}) == 3


def test_what_cannot_be_planned_is_refused_with_its_place(designer: Caller) -> None:
    wrong = designer.get(PLAN, **{"from": 1, "to": 2, "choice.nothing": NEW})
    assert_problem(wrong, 422, "choice_wrong")
    assert wrong.json["problems"][0]["path"] == "choices.nothing"
    assert_problem(designer.get(PLAN, **{"from": 1, "to": 7}), 404, "process_unknown")
    assert_problem(designer.get(PLAN, to=2), 400, "malformed_request")
    assert_problem(designer.get(PLAN, **{"from": 1, "to": 2, "chosen": "x"}), 400, "malformed_request")
    for order in ({"reason": " x"}, {"to": 1}, {"case_ids": ["none"]}):
        answer = designer.post("/migrations", ORDER | order)
        assert answer.status_code == 422, answer.text
    assert designer.get("/migrations").json["items"] == []


def test_a_rehearsal_changes_nothing_and_says_what_would_happen(
    app: Flask, designer: Caller, town_union: Caller, cases: list[str]
) -> None:
    run_id = begun(designer, choices={OLD: NEW}, is_rehearsal=True)
    work_off(app)

    run = designer.get(f"/migrations/{run_id}").json
    assert (run["state"], run["total"], run["moved"], run["stayed"]) == ("done", 3, 3, 0)
    rows = designer.get(f"/migrations/{run_id}/cases").json
    assert rows["total"] == 3
    assert {row["outcome"] for row in rows["items"]} == {"moved"}
    assert {town_union.get(f"/cases/{case_id}").json["version"] for case_id in cases} == {1}
    assert task_of(town_union, cases[0], OLD)


def test_cases_are_moved_in_the_background_and_the_result_is_a_file(
    app: Flask, designer: Caller, town_union: Caller, cases: list[str]
) -> None:
    run_id = begun(designer, choices={OLD: NEW})
    assert designer.get(f"/migrations/{run_id}").json["waiting"] == 3
    work_off(app)

    assert {town_union.get(f"/cases/{case_id}").json["version"] for case_id in cases} == {2}
    assert task_of(town_union, cases[0], NEW)
    first = designer.get(f"/migrations/{run_id}/cases", limit=2).json
    rest = designer.get(f"/migrations/{run_id}/cases", limit=2, cursor=first["next"]).json
    assert [row["position"] for row in first["items"] + rest["items"]] == [0, 1, 2]
    assert rest["next"] is None
    text = designer.get(f"/migrations/{run_id}/result.csv")
    lines = list(csv.reader(io.StringIO(text.data.decode("utf-8-sig"))))
    assert [line[3] for line in lines[1:]] == ["已迁移"] * 3
    assert "审批申请" in str(lines[1])
    book = designer.get(f"/migrations/{run_id}/result.xlsx")
    assert "审批申请" in zipfile.ZipFile(io.BytesIO(book.data)).read("xl/sharedStrings.xml").decode()


def test_those_that_need_a_choice_stay_and_say_why(app: Flask, designer: Caller, cases: list[str]) -> None:
    run_id = begun(designer, case_ids=[cases[1]])
    work_off(app)

    (row,) = designer.get(f"/migrations/{run_id}/cases", outcome="stayed").json["items"]
    assert (row["case_id"], row["code"]) == (cases[1], "migration_needs_choice")
    assert "审核申请" in row["why"][0]
    assert designer.get(f"/migrations/{run_id}/cases", outcome="moved").json["items"] == []


def test_a_run_is_paused_goes_on_and_is_stopped(app: Flask, designer: Caller, cases: list[str]) -> None:
    run_id = begun(designer, choices={OLD: NEW})
    path = f"/migrations/{run_id}"

    assert_problem(designer.post(f"{path}/resume"), 409, "migration_not_paused")
    assert designer.post(f"{path}/pause").json["state"] == "paused"
    work_off(app)
    assert designer.get(path).json["waiting"] == 3
    assert designer.post(f"{path}/resume").json["state"] == "running"
    assert designer.post(f"{path}/cancel").json["state"] == "cancelled"
    work_off(app)
    assert designer.get(path).json["moved"] == 0
    assert_problem(designer.post(f"{path}/pause"), 409, "migration_ended")
    assert [run["id"] for run in designer.get("/migrations", process=PROCESS).json["items"]] == [run_id]
    assert designer.get("/migrations", process="other").json["items"] == []


def test_one_case_is_moved_alone_and_once(designer: Caller, town_union: Caller, cases: list[str]) -> None:
    path, body = f"/cases/{cases[0]}/migrate", {"to": 2, "reason": "按新版办理"}
    assert_problem(designer.post(path, body), 422, "migration_needs_choice")

    moved = designer.post(path, body | {"from": 1, "choices": {OLD: NEW}}, Idempotency_Key="one")
    again = designer.post(path, body | {"from": 1, "choices": {OLD: NEW}}, Idempotency_Key="one")

    assert (moved.status_code, moved.json["version"]) == (200, 2)
    assert NEW in moved.json["change"]["kept"] + moved.json["change"]["opened"]
    assert again.json == moved.json
    assert town_union.get(f"/cases/{cases[0]}").json["version"] == 2
    assert_problem(designer.post(path, body), 409, "on_this_version")


def test_only_designers_act_and_administrators_look(
    designer: Caller, login: Callable[[str], Caller], cases: list[str]
) -> None:
    run_id = begun(designer, choices={OLD: NEW})
    looks = ["/migrations", f"/migrations/{run_id}", f"/migrations/{run_id}/cases", f"/migrations/{run_id}/result.csv"]
    orders = [("/migrations", ORDER), (f"/cases/{cases[0]}/migrate", {"to": 2, "reason": "按新版"})]
    orders += [(f"/migrations/{run_id}/{act}", None) for act in ("pause", "resume", "cancel")]

    for username, looking in (("admin", 200), ("town_union", 403), ("security", 403), ("boss", 403)):
        caller = login(username)
        seen = [caller.get(path) for path in looks]
        seen += [caller.get(path, **{"from": 1, "to": 2}) for path in (PLAN, f"{PLAN}/cases")]
        assert {answer.status_code for answer in seen} == {looking}, username
        assert {caller.post(path, body).status_code for path, body in orders} == {403}, username
    assert designer.get(f"/migrations/{run_id}").json["state"] == "running"

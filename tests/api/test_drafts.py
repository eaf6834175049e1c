"""Drafts over HTTP: begun, saved, checked, handed on, published by another designer, exported and brought in again."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.conftest import Caller, example_files
from tests.api.test_refusals import assert_problem

PROCESS = "training_request"
DIAGRAM = next(path for path in example_files() if path.endswith(".bpmn"))


@pytest.fixture
def designer(login: Callable[[str], Caller]) -> Caller:
    return login("designer")


@pytest.fixture
def second(login: Callable[[str], Caller]) -> Caller:
    return login("designer2")


def begin(caller: Caller, **body: object) -> dict:
    answer = caller.post("/drafts", body or {"process": PROCESS})
    assert answer.status_code == 201, answer.text
    return caller.get(f"/drafts/{answer.json['id']}").json


def save(caller: Caller, draft: dict, **files: str | None) -> TestResponse:
    body = {"revision": draft["revision"], "files": files}
    return caller.send("PUT", f"/drafts/{draft['id']}/files", json=body)


def edited(draft: dict, name: str = "培训申请（改）") -> dict[str, str]:
    text = draft["files"][DIAGRAM]
    assert 'name="培训申请"' in text
    return {DIAGRAM: text.replace('name="培训申请"', f'name="{name}"', 1)}


def test_a_draft_of_a_process_has_its_files_and_knows_its_version(designer: Caller) -> None:
    draft = begin(designer)

    assert (draft["process"], draft["revision"], draft["state"]) == (PROCESS, 1, "open")
    assert draft["based_on"]["version"] == 1
    assert draft["is_overtaken"] is False
    assert not [path for path in draft["files"] if path.startswith("rules/")]
    assert {path for path in example_files() if not path.startswith("rules/")} == set(draft["files"])


def test_an_empty_process_is_whole_and_has_a_key_of_its_own(designer: Caller) -> None:
    one, other = begin(designer, name="新流程 <1>"), begin(designer, name="新流程 <1>")

    assert one["name"] == "新流程 <1>"
    assert one["process"] != other["process"]
    assert designer.post(f"/drafts/{one['id']}/check", {}).json["deployable"] is True


def test_saving_counts_revisions_and_null_takes_a_file_away(designer: Caller) -> None:
    draft = begin(designer)
    form = next(path for path in draft["files"] if path.endswith(".form"))

    assert save(designer, draft, **edited(draft)).json == {"revision": 2}
    assert save(designer, {**draft, "revision": 2}, **{form: None}).json == {"revision": 3}

    kept = designer.get(f"/drafts/{draft['id']}").json
    assert kept["name"] == "培训申请（改）"
    assert form not in kept["files"]


def test_who_saves_an_old_revision_is_told_who_saved_when(designer: Caller, second: Caller) -> None:
    draft = begin(designer)
    save(second, draft, **edited(draft, "第二个人改的"))

    answer = save(designer, draft, **edited(draft, "我改的"))

    assert (answer.status_code, answer.json["code"]) == (409, "draft_moved_on")
    assert (answer.json["saved_by"], answer.json["revision"]) == ("程绘", 2)
    assert "T" in answer.json["saved_at"]
    assert "程绘" in answer.json["detail"]
    assert designer.get(f"/drafts/{draft['id']}").json["name"] == "第二个人改的"


def test_a_check_sees_what_is_not_saved_and_keeps_nothing(designer: Caller) -> None:
    draft = begin(designer)
    broken = draft["files"][DIAGRAM].replace("</bpmn:process>", "</bpmn:proces>")
    assert broken != draft["files"][DIAGRAM]

    seen = designer.post(f"/drafts/{draft['id']}/check", {"files": {DIAGRAM: broken}}).json

    assert seen["deployable"] is False
    assert {p["path"] for p in seen["problems"]} == {DIAGRAM}
    assert designer.post(f"/drafts/{draft['id']}/check", {}).json["deployable"] is True


@pytest.mark.parametrize(
    "path", ["../evil.bpmn", "forms/x.bpmn", "a/b.form", "x.exe", "forms/.form", "scenarios/a.json"]
)
def test_a_draft_takes_no_file_that_has_no_place(designer: Caller, path: str) -> None:
    draft = begin(designer)

    answer = save(designer, draft, **{path: "x"})

    assert_problem(answer, 422, "draft_files_refused")
    assert answer.json["problems"][0]["code"] == "draft_file_place"
    assert designer.get(f"/drafts/{draft['id']}").json["files"] == draft["files"]


def test_only_designers_work_on_drafts(designer: Caller, login: Callable[[str], Caller]) -> None:
    draft = begin(designer)

    for username in ("chair", "union", "hrss", "security"):
        stranger = login(username)
        assert_problem(stranger.get("/drafts"), 403, "not_in_group")
        assert_problem(stranger.get(f"/drafts/{draft['id']}"), 403, "not_in_group")
        assert_problem(stranger.post("/drafts", {"name": "x"}), 403, "not_in_group")
        assert_problem(save(stranger, draft, **edited(draft)), 403, "not_in_group")
        assert_problem(stranger.get("/designer/kit"), 403, "not_in_group")


def test_another_designer_publishes(designer: Caller, second: Caller) -> None:
    draft = begin(designer)
    save(designer, draft, **edited(draft))
    path = f"/drafts/{draft['id']}"

    assert_problem(designer.post(f"{path}/publish", {}), 409, "draft_not_submitted")
    assert designer.post(f"{path}/submit", {"comment": "名称更准确"}).json["deployable"] is True
    assert_problem(save(designer, {**draft, "revision": 2}, **edited(draft, "又改")), 409, "draft_not_open")
    assert_problem(designer.post(f"{path}/publish", {}), 403, "draft_four_eyes")
    assert second.post(f"{path}/publish", {"comment": "同意"}).json["deployable"] is True

    process = designer.get(f"/processes/{PROCESS}").json
    assert (process["version"], process["name"]) == (2, "培训申请（改）")
    done = designer.get(path).json
    assert (done["state"], done["published_as"]["version"]) == ("published", 2)
    assert (done["submitted_by"], done["decided_by"]) == ("林图", "程绘")


def test_who_changed_it_last_does_not_publish_it_either(designer: Caller, second: Caller) -> None:
    draft = begin(designer)
    save(second, draft, **edited(draft))
    designer.post(f"/drafts/{draft['id']}/submit", {"comment": "请看一看"})

    assert_problem(second.post(f"/drafts/{draft['id']}/publish", {}), 403, "draft_four_eyes")
    assert_problem(designer.post(f"/drafts/{draft['id']}/publish", {}), 403, "draft_four_eyes")


def test_a_draft_that_cannot_run_is_not_handed_on(designer: Caller) -> None:
    draft = begin(designer)
    save(designer, draft, **{DIAGRAM: "<nothing/>"})

    answer = designer.post(f"/drafts/{draft['id']}/submit", {"comment": "先交"})

    assert (answer.status_code, answer.json["code"]) == (422, "not_deployable")
    assert answer.json["problems"]
    assert designer.get(f"/drafts/{draft['id']}").json["state"] == "open"


def test_a_returned_draft_can_be_changed_and_a_discarded_one_is_over(designer: Caller, second: Caller) -> None:
    draft = begin(designer)
    path = f"/drafts/{draft['id']}"
    designer.post(f"{path}/submit", {"comment": "请审核"})

    assert second.post(f"{path}/return", {"reason": "名称要改"}).status_code == 204
    assert save(designer, draft, **edited(draft)).status_code == 200
    assert designer.get(path).json["reason"] == "名称要改"
    assert designer.post(f"{path}/discard", {"reason": "不需要了"}).status_code == 204
    assert_problem(designer.post(f"{path}/submit", {"comment": "再交"}), 409, "draft_not_open")


def test_exported_and_brought_in_again_the_bytes_are_the_same(designer: Caller) -> None:
    draft = begin(designer)
    exported = designer.get(f"/drafts/{draft['id']}/export")

    answer = designer.upload("/drafts", files=[(io.BytesIO(exported.data), "training.zip")])

    again = designer.get(f"/drafts/{answer.json['id']}").json
    assert again["files"] == draft["files"]
    assert designer.get(f"/drafts/{again['id']}/export").data == exported.data


def test_single_files_find_their_places(designer: Caller) -> None:
    files = [(io.BytesIO(content), path.rpartition("/")[2]) for path, content in example_files().items()]

    answer = designer.upload("/drafts", files=files)

    draft = designer.get(f"/drafts/{answer.json['id']}").json
    assert set(draft["files"]) == set(example_files())
    assert (draft["process"], draft["based_on"]["version"]) == (PROCESS, 1)


def test_a_diagram_of_another_tool_comes_in_with_its_gaps(designer: Caller) -> None:
    answer = designer.upload("/drafts", files=[(io.BytesIO(FOREIGN), "leave.bpmn")])

    draft = designer.get(f"/drafts/{answer.json['id']}").json
    assert draft["vendor"] == "camunda7"
    assert draft["gaps"]
    assert all(gap["message"] for gap in draft["gaps"])


def zipped(**entries: bytes) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def test_hostile_archives_are_refused(designer: Caller) -> None:
    bomb = zipped(**{"x.bpmn": b"\0" * 3_000_000})
    double = zipped(**{"a/x.bpmn": b"<a/>", "b/x.bpmn": b"<a/>"})

    for archive, code in (
        (bomb, "zip_too_large"),
        (double, "zip_same_place"),
        (io.BytesIO(b"PK\x03\x04x"), "zip_damaged"),
    ):
        answer = designer.upload("/drafts", files=[(archive, "x.zip")])
        assert_problem(answer, 422, "zip_refused")
        assert answer.json["problems"][0]["code"] == code


def test_the_list_shows_the_latest_change_first_in_pages(designer: Caller) -> None:
    drafts = [begin(designer, name=f"流程{n}") for n in range(3)]
    save(designer, drafts[0], **{"forms/a.form": "{}"})

    first = designer.get("/drafts", limit=2).json
    rest = designer.get("/drafts", limit=2, cursor=first["next"]).json

    assert [d["name"] for d in first["items"] + rest["items"]] == ["流程0", "流程2", "流程1"]
    assert designer.get("/drafts", state="published").json["total"] == 0


def test_the_kit_names_everything_in_both_languages(designer: Caller, app: Flask) -> None:
    kit = designer.get("/designer/kit").json

    engine = app.extensions["tongban"]
    assert {service["type"] for service in kit["services"]} == set(engine.services)
    assert all(service["name"] != service["type"] and service["documentation"] for service in kit["services"])
    assert {"hrss_reviewer", "town_union"} <= {group["id"] for group in kit["groups"]}
    assert all(choice["name"] and choice["name_en"] for part in ("groups", "roles", "rules") for choice in kit[part])
    assert [form["processes"] for form in kit["forms"]]


FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  id="d" targetNamespace="http://elsewhere"><process id="leave" name="Leave" isExecutable="true">
  <startEvent id="begin"/><userTask id="ask" name="Ask for leave" camunda:candidateGroups="enterprise_hr"
  camunda:asyncBefore="true"/><endEvent id="end"/>
  <sequenceFlow id="a" sourceRef="begin" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="end"/>
  </process></definitions>"""


def test_names_for_an_expression_follow_what_is_not_saved(designer: Caller, login: Callable[[str], Caller]) -> None:
    draft = begin(designer)
    path, ask = DIAGRAM, f"/drafts/{draft['id']}/names"

    told = designer.post(ask, {"path": path}).json
    assert told["process"] == PROCESS
    names = {one["name"]: one for one in told["scopes"][PROCESS]}
    assert any(one["label"] and one["written_by"] for one in names.values())

    broken = designer.post(ask, {"path": path, "files": {path: "<broken"}})
    assert (broken.status_code, broken.json) == (200, {"process": None, "scopes": {}})
    assert designer.post(ask, {"path": "none.bpmn"}).json["process"] is None
    assert designer.post(ask, {}).status_code == 400
    assert login("boss").post(ask, {"path": path}).status_code == 403
    assert designer.get(f"/drafts/{draft['id']}").json["revision"] == draft["revision"]

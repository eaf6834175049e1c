"""Processes over the API: read, check, deploy."""

import io
from typing import Any

import pytest

from tests.api.conftest import Caller, example_files
from tests.api.test_refusals import assert_problem


@pytest.fixture
def designer(login) -> Caller:
    return login("designer")


def parts(files: dict[str, bytes]) -> dict[str, Any]:
    return {"files": [(io.BytesIO(content), path) for path, content in files.items()]}


def changed(old: str, new: str) -> dict[str, bytes]:
    files = example_files()
    files["training_request.bpmn"] = files["training_request.bpmn"].replace(old.encode(), new.encode())
    return files


def test_processes_are_listed_with_whether_one_may_start_them(chair: Caller, town_union: Caller) -> None:
    mine = chair.get("/processes").json
    theirs = town_union.get("/processes").json

    assert mine["total"] == 1
    assert [(p["key"], p["name"], p["version"], p["may_start"]) for p in mine["items"]] == [
        ("training_request", "培训申请", 1, True)
    ]
    assert theirs["items"][0]["may_start"] is False


def test_a_process_tells_its_stages_elements_and_forms(chair: Caller) -> None:
    process = chair.get("/processes/training_request").json

    assert [stage["name"] for stage in process["stages"]] == ["受理"]
    assert process["start_form"] == "training_request"
    assert process["forms"] == ["training_plan", "training_request", "training_review"]
    review = next(e for e in process["elements"] if e["id"] == "review_request")
    assert (review["type"], review["form"], review["stage"]) == ("userTask", "training_review", "handling")
    assert review["candidate_groups"] == ["town_union", "bargaining_guide"]


def test_an_unknown_process_is_404(chair: Caller) -> None:
    assert_problem(chair.get("/processes/none"), 404, "process_unknown")


def test_the_diagram_that_runs_can_be_downloaded(chair: Caller) -> None:
    answer = chair.get("/processes/training_request/bpmn")

    assert answer.mimetype == "application/xml"
    assert b'<bpmn:process id="training_request"' in answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_the_start_form_comes_with_data_and_enterprises(chair: Caller) -> None:
    form = chair.get("/processes/training_request/start-form").json

    assert form["form"] == "training_request"
    assert {c["key"] for c in form["schema"]["components"]} == {"主题", "人数", "预算"}
    assert set(form["data"]) == {"主题", "人数", "预算"}
    assert [e["name"] for e in form["enterprises"]] == ["永康市星月模具有限公司"]


def test_the_start_form_for_an_enterprise_of_others_is_404(login, chair: Caller) -> None:
    other = login("chair2").get("/processes/training_request/start-form").json["enterprises"][0]["id"]

    assert_problem(chair.get("/processes/training_request/start-form", enterprise=other), 404, "enterprise_not_offered")


def test_a_good_bundle_is_deployed_as_the_next_version(designer: Caller, chair: Caller) -> None:
    answer = designer.upload("/deployments", **parts(changed("审核申请", "审查申请")), comment="新名称")

    assert (answer.status_code, answer.json["deployable"]) == (201, True), answer.text
    assert chair.get("/processes/training_request").json["version"] == 2


def test_the_same_bundle_again_is_no_new_version(designer: Caller, chair: Caller) -> None:
    assert designer.upload("/deployments", **parts(example_files())).status_code == 201

    assert chair.get("/processes/training_request").json["version"] == 1


def test_a_check_keeps_nothing(designer: Caller, chair: Caller) -> None:
    answer = designer.upload("/deployments/check", **parts(changed("审核申请", "审查申请")))

    assert (answer.status_code, answer.json) == (200, {"deployable": True, "problems": []})
    assert chair.get("/processes/training_request").json["version"] == 1


def test_every_problem_names_its_element_and_says_how_to_put_it_right(designer: Caller) -> None:
    answer = designer.upload("/deployments/check", **parts(changed('formId="training_plan"', 'formId="no_such"')))

    assert (answer.status_code, answer.json["deployable"]) == (200, False)
    problem = next(p for p in answer.json["problems"] if p["element_id"] == "confirm_plan")
    assert problem["severity"] == "error"
    assert problem["message"]
    assert problem["fix"]
    assert problem["why"]
    assert problem["line"] > 1


def test_a_bundle_with_errors_is_refused_with_all_of_them(designer: Caller, chair: Caller) -> None:
    answer = designer.upload("/deployments", **parts(changed('formId="training_plan"', 'formId="no_such"')))

    assert (answer.status_code, answer.json["code"], answer.json["deployable"]) == (422, "not_deployable", False)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["problems"]
    assert chair.get("/processes/training_request").json["version"] == 1


@pytest.mark.parametrize("path", ["/deployments", "/deployments/check"])
def test_only_designers_may_hand_in_process_files(chair: Caller, path: str) -> None:
    assert_problem(chair.upload(path, **parts(example_files())), 403, "not_in_group")


@pytest.mark.parametrize("name", ["run.py", "x.so", "page.html", "bundle.zip", "no-suffix"])
def test_other_kinds_of_files_are_415(designer: Caller, name: str) -> None:
    assert_problem(designer.upload("/deployments", **parts({name: b"x"})), 415, "unsupported_media_type")


def test_a_file_name_cannot_leave_the_bundle(designer: Caller) -> None:
    files = example_files()
    files["../../forms/training_plan.form"] = files.pop("forms/training_plan.form")

    assert designer.upload("/deployments/check", **parts(files)).json["deployable"] is True


def test_one_name_twice_is_refused(designer: Caller) -> None:
    files = parts(example_files())
    files["files"].append((io.BytesIO(b"<x/>"), "elsewhere/training_request.bpmn"))

    assert_problem(designer.upload("/deployments", **files), 400, "malformed_request")


def test_a_body_that_is_not_multipart_is_415(designer: Caller) -> None:
    assert_problem(designer.post("/deployments", {"files": ["x"]}), 415, "unsupported_media_type")


def test_fifty_megabytes_are_413(designer: Caller) -> None:
    answer = designer.send(
        "POST", "/deployments", data=b" " * 50_000_000, content_type="multipart/form-data; boundary=x"
    )

    assert_problem(answer, 413, "request_too_large")


def test_an_xml_bomb_is_refused_and_the_next_upload_works(designer: Caller) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'

    refused = designer.upload("/deployments", **parts({"bomb.bpmn": bomb}))

    assert (refused.status_code, refused.json["deployable"]) == (422, False)
    assert designer.upload("/deployments/check", **parts(example_files())).json["deployable"] is True


def test_what_was_uploaded_does_not_come_back_in_an_error(designer: Caller) -> None:
    answer = designer.upload("/deployments/check", **parts({"x.bpmn": b"<a><script>alert(1)</script>"}))

    assert answer.json["deployable"] is False
    assert "<script>" not in answer.text

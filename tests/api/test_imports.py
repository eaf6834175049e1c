"""Diagrams of other tools over the API: a draft with its gaps, or a refusal; nothing is kept."""

import io
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.api.test_refusals import assert_problem

SAMPLES = Path(__file__).parents[1] / "engine" / "definitions" / "importing" / "samples"


@pytest.fixture
def designer(login) -> Caller:
    return login("designer")


def part(content: bytes, name: str = "foreign.bpmn") -> dict[str, Any]:
    return {"file": (io.BytesIO(content), name)}


def sample(name: str) -> dict[str, Any]:
    return part((SAMPLES / f"{name}.bpmn").read_bytes())


def test_a_foreign_diagram_comes_back_as_a_draft_with_gaps(designer: Caller) -> None:
    answer = designer.upload("/imports", **sample("camunda7"))

    told = answer.json
    assert (answer.status_code, told["source_vendor"], told["process"]) == (200, "camunda7", "purchase"), answer.text
    assert "<zeebe:formDefinition" in told["draft"]
    assert [file["path"] for file in told["files"]] == ["purchase.bpmn", "forms/start_form.form"]
    assert told["deployable"] is False
    gap = next(gap for gap in told["gaps"] if gap["code"] == "script_kept_as_text")
    assert (gap["severity"], gap["element_id"]) == ("error", "count")
    assert gap["line"] > 1
    assert "groovy" in gap["message"]
    assert gap["fix"]
    assert {problem["code"] for problem in told["problems"]} >= {"service_unknown"}


def test_gaps_come_in_the_language_of_the_caller(designer: Caller) -> None:
    english = designer.send(
        "POST",
        "/imports",
        data=sample("camunda7"),
        content_type="multipart/form-data",
        headers={"Accept-Language": "en"},
    )

    assert "is done by the program" in english.text


def test_another_process_of_the_file_can_be_chosen(designer: Caller) -> None:
    answer = designer.upload("/imports", **sample("signavio"), process="sid-p2")

    assert answer.json["process"] == "sid-p2"


def test_an_unknown_process_is_told_with_those_that_are_there(designer: Caller) -> None:
    answer = designer.upload("/imports", **sample("signavio"), process="none")

    assert answer.json["draft"] is None
    assert [(p["code"], p["element_id"]) for p in answer.json["problems"]] == [("process_unknown", "none")]
    assert "sid-p1, sid-p2" in answer.json["problems"][0]["message"]


def test_a_bomb_is_refused_and_the_next_import_works(designer: Caller) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'

    refused = designer.upload("/imports", **part(bomb))

    assert (refused.status_code, refused.json["draft"], refused.json["deployable"]) == (200, None, False)
    assert [problem["code"] for problem in refused.json["problems"]] == ["document_type"]
    assert designer.upload("/imports", **sample("bizagi")).json["draft"]


def test_only_designers_may_import(chair: Caller) -> None:
    assert_problem(chair.upload("/imports", **sample("bizagi")), 403, "not_in_group")


@pytest.mark.parametrize("name", ["run.py", "x.so", "page.html", "bundle.zip", "no-suffix"])
def test_other_kinds_of_files_are_415(designer: Caller, name: str) -> None:
    assert_problem(designer.upload("/imports", **part(b"x", name)), 415, "unsupported_media_type")


def test_three_megabytes_are_413(designer: Caller) -> None:
    answer = designer.send("POST", "/imports", data=b" " * 3_000_000, content_type="multipart/form-data; boundary=x")

    assert_problem(answer, 413, "request_too_large")

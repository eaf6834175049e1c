"""Checking, drafting and deploying on a page, with the same door behind it as over the API."""

import io
import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from engine.model import Deployment
from tests.city import City
from tests.rounds import round_files
from tests.web.conftest import Visit, Visitor

FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  id="d" targetNamespace="http://elsewhere"><process id="leave" name="Leave" isExecutable="true">
  <startEvent id="begin"/><userTask id="ask" name="Ask for leave" camunda:candidateGroups="enterprise_hr"
  camunda:asyncBefore="true"/><endEvent id="end"/>
  <sequenceFlow id="a" sourceRef="begin" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="end"/>
  </process></definitions>"""


def check(visitor: Visitor, files: dict[str, bytes]) -> TestResponse:
    visitor.get("/designer/check")
    sent = [(io.BytesIO(content), path) for path, content in files.items()]
    return visitor.post("/designer/check", {"files": sent}, content_type="multipart/form-data")


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(file:[^"]*)" value="([^"]*)"', page)
    return {unescape(name): value for name, value in found}


@pytest.fixture
def designer(visit: Visit) -> Visitor:
    return visit("designer")


def test_only_designers_and_administrators_come_in(visit: Visit) -> None:
    assert visit("designer").get("/designer/check").status_code == 200
    assert visit("admin").get("/designer/check").status_code == 200
    for username in ("chair", "union", "hrss"):
        assert visit(username).get("/designer/check").status_code == 403
        assert "检查流程图" not in visit(username).get("/processes").text


def test_a_good_bundle_can_be_deployed_from_here(designer: Visitor, city: City) -> None:
    page = check(designer, round_files())

    assert "可以部署" in page.text
    assert set(hidden_fields(page.text)) == {f"file:{path}" for path in round_files()}
    answer = designer.post("/designer/deploy", {**hidden_fields(page.text), "comment": "第一版"})

    assert answer.location == "/processes/opinion_round"
    assert [d.comment for d in city.rows(Deployment, Deployment.process == "opinion_round")] == ["第一版"]


def test_a_deployment_needs_words(designer: Visitor, city: City) -> None:
    page = check(designer, round_files())

    answer = designer.post("/designer/deploy", {**hidden_fields(page.text), "comment": " "})

    assert answer.status_code == 422
    assert "请写明这次部署改了什么。" in answer.text
    assert city.rows(Deployment, Deployment.process == "opinion_round") == []


def test_what_is_wrong_stands_with_its_element_line_and_remedy(designer: Visitor) -> None:
    files = round_files()
    files["opinion_check.bpmn"] = files["opinion_check.bpmn"].replace(b'formId="opinion_check"', b'formId="gone"')

    page = check(designer, files).text

    assert "还不能部署" in page
    assert 'data-show="check_opinions" data-path="opinion_check.bpmn"' in page
    assert "必须修改" in page
    assert re.search(r"第 \d+ 行", page)
    assert "do-deploy" not in page


def test_files_that_were_changed_on_the_way_are_checked_again(designer: Visitor, city: City) -> None:
    fields = hidden_fields(check(designer, round_files()).text)
    fields["file:opinion_round.bpmn"] = "bm90IHhtbA=="

    answer = designer.post("/designer/deploy", {**fields, "comment": "换一个"})

    assert answer.status_code == 422
    assert city.rows(Deployment, Deployment.process == "opinion_round") == []


def test_a_diagram_of_another_tool_becomes_a_draft_with_named_gaps(designer: Visitor) -> None:
    page = check(designer, {"leave.bpmn": FOREIGN})

    assert "文件来自其他工具" in page.text
    assert "Camunda 7" in page.text
    assert "asyncBefore" in page.text
    draft = designer.post("/designer/draft", hidden_fields(page.text))
    assert b"zeebe:assignmentDefinition" in draft.data
    assert draft.headers["Content-Disposition"] == "attachment; filename*=UTF-8''leave.bpmn"


def test_what_is_no_diagram_at_all_gets_an_answer_too(designer: Visitor) -> None:
    for content in (b"", b"not xml", b"<html/>", b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"):
        page = check(designer, {"odd.bpmn": content})

        assert page.status_code == 200
        assert "必须修改" in page.text


def test_files_of_other_kinds_are_named(designer: Visitor) -> None:
    answer = check(designer, {"photo.png": b"x"})

    assert answer.status_code == 422
    assert "这些文件不能检查：photo.png" in answer.text


def test_no_file_is_a_wish_without_an_object(designer: Visitor) -> None:
    designer.get("/designer/check")

    assert "请先选择文件。" in designer.post("/designer/check").text


def test_markup_in_files_is_text_on_the_page(designer: Visitor) -> None:
    nasty = round_files()["opinion_round.bpmn"].replace("填写意见".encode(), b"&lt;/textarea&gt;&lt;b id=evil&gt;")

    page = check(designer, {"opinion_round.bpmn": nasty}).text

    assert "<b id=evil>" not in page


def test_an_administrator_may_look_and_not_deploy(visit: Visit) -> None:
    page = check(visit("admin"), round_files()).text

    assert "只有流程设计员可以部署。" in page
    assert "do-deploy" not in page


def test_in_english(designer: Visitor) -> None:
    designer.get("/locale/en")

    page = check(designer, {"odd.bpmn": b"not xml"}).text

    assert "Not ready to deploy" in page
    assert "Must be mended" in page

"""Drafts on pages: begun, handed on, looked at and published by another designer; versions and going back."""

import io
import re

import pytest
from werkzeug.test import TestResponse

from engine.model import ProcessDraft
from tests.city import City
from tests.mails import work_off
from tests.process_drafts import begin, change, publish, versions
from tests.web.conftest import Visit, Visitor

SURVEY = "staff_survey"
TAG = "<bpmn:documentation>"


@pytest.fixture
def designer(visit: Visit) -> Visitor:
    return visit("designer")


@pytest.fixture
def second(visit: Visit) -> Visitor:
    return visit("designer2")


@pytest.fixture
def draft_id(city: City) -> str:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", TAG, f"{TAG}（修订）")
    return draft_id


def act(visitor: Visitor, draft_id: str, name: str, **fields: str) -> TestResponse:
    visitor.get(f"/designer/drafts/{draft_id}/review")
    return visitor.post(f"/designer/drafts/{draft_id}/{name}", fields)


def test_a_draft_begins_from_a_process_a_name_or_files(designer: Visitor, city: City) -> None:
    designer.get("/designer")
    packed = designer.get(designer.post("/designer/drafts", {"process": SURVEY}).location + "/export").data
    designer.post("/designer/drafts", {"name": "新流程"})
    sent = {"files": [(io.BytesIO(packed), "survey.zip")]}
    designer.post("/designer/drafts", sent, content_type="multipart/form-data")

    found = city.rows(ProcessDraft)
    assert sorted((d.name, d.based_on is not None) for d in found) == [
        ("新流程", False), ("职工意见征集", True), ("职工意见征集", True),
    ]  # fmt: skip
    assert all(d.name in designer.get("/designer").text for d in found)


def test_what_cannot_be_brought_in_is_told_on_the_page(designer: Visitor) -> None:
    designer.get("/designer")
    sent = {"files": [(io.BytesIO(b"PK\x03\x04broken"), "x.zip")]}

    answer = designer.post("/designer/drafts", sent, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "压缩包已损坏" in answer.text


def test_the_changes_and_both_diagrams_stand_on_the_page(designer: Visitor, draft_id: str) -> None:
    page = designer.get(f"/designer/drafts/{draft_id}/review").text

    assert "的说明" in page
    assert re.search(r'data-key="staff_survey" data-of="before"', page)
    assert re.search(r'data-key="staff_survey" data-of="after"', page)
    assert "没有在办案件。" in page


def test_another_designer_publishes_and_the_first_cannot(
    designer: Visitor, second: Visitor, city: City, draft_id: str
) -> None:
    assert act(designer, draft_id, "submit", comment="").status_code == 422
    assert act(designer, draft_id, "submit", comment="说明更清楚").status_code == 302
    own = act(designer, draft_id, "publish", comment="我看可以")
    assert own.status_code == 403
    assert "须由另一名流程设计员" in own.text

    assert act(second, draft_id, "publish").status_code == 302
    playing = second.get(f"/designer/drafts/{draft_id}/review").text
    assert "正在走场景：0 / 2" in playing
    assert 'hx-trigger="every 2s"' in playing


def test_versions_say_who_why_and_what_and_lead_back(second: Visitor, city: City, draft_id: str) -> None:
    publish(city, draft_id)

    page = second.get(f"/designer/processes/{SURVEY}/versions?changes=2").text
    assert "林图 送审，程绘 同意" in page
    assert "改了一处" in page
    assert "的说明" in page

    back = second.post("/designer/drafts", {"process": SURVEY, "version": "1"})
    (draft,) = [d for d in city.rows(ProcessDraft) if back.location.endswith(d.id)]
    assert draft.based_on == versions(city, SURVEY)[0].id
    assert "发布会用草稿的内容取代 v2" in second.get(f"/designer/drafts/{draft.id}/review").text


def test_only_designers_and_administrators_look_and_only_designers_act(visit: Visit, draft_id: str) -> None:
    for address in ("/designer", f"/designer/drafts/{draft_id}", f"/designer/drafts/{draft_id}/review"):
        assert visit("admin").get(address).status_code == 200
        assert visit("union").get(address).status_code == 403
    assert act(visit("admin"), draft_id, "submit", comment="我来送审").status_code == 403


def test_who_is_told_of_a_draft_is_led_to_it(designer: Visitor, second: Visitor, city: City, draft_id: str) -> None:
    act(designer, draft_id, "submit", comment="说明更清楚")
    page = second.get("/notices").text
    assert "林图 送审“职工意见征集”的修改，请由另一位设计人员审核发布。说明更清楚" in page
    assert f'href="/designer/drafts/{draft_id}/review"' in page

    act(second, draft_id, "return", reason="请写明理由")
    assert "程绘 退回“职工意见征集”的草稿。请写明理由" in designer.get("/notices").text

    act(designer, draft_id, "submit", comment="按意见改")
    act(second, draft_id, "publish")
    work_off(city)
    for reader in (designer, second):
        assert "“职工意见征集”第 2 版已发布。" in reader.get("/notices").text
    designer.get("/locale/en", headers={"Referer": "http://localhost/notices"})
    assert "Version 2 of “职工意见征集” was published." in designer.get("/notices").text

"""A draft is tried with its own stories, and what was tried becomes one of them."""

from pathlib import Path

import pytest
import yaml
from flask import Flask

from engine.model import Case
from playing.trials import Trials
from tests import process_drafts
from tests.city import City
from tests.web.conftest import Visit, Visitor


@pytest.fixture
def designer(app: Flask, visit: Visit, tmp_path: Path) -> Visitor:
    app.extensions["trials"] = Trials(tmp_path / "tries")
    return visit("designer")


@pytest.fixture
def draft_id(city: City) -> str:
    return process_drafts.begin(city, "expert_dispatch")


def _begin(designer: Visitor, draft_id: str) -> str:
    designer.get("/designer")
    return designer.post(f"/designer/drafts/{draft_id}/try").location or ""


def test_a_try_begins_with_the_stories_of_the_draft(designer: Visitor, city: City, draft_id: str) -> None:
    story = b"{description: only here, start: {as: boss2, answers: {}}, steps: []}"
    process_drafts.save(city, draft_id, {"scenarios/only_here.yml": story})
    trial = _begin(designer, draft_id)
    page = designer.get(trial).text
    assert "only_here" in page
    assert "回到草稿" in page
    assert city.rows(Case) == []


def test_what_was_tried_stands_in_the_draft(designer: Visitor, city: City, draft_id: str) -> None:
    trial = _begin(designer, draft_id)
    designer.get(trial)
    designer.post(f"{trial}/steps", {"story": "rejected", "until": ""})
    designer.get(trial)
    designer.post(f"{trial}/keep", {"name": "tried_once", "description": "不予受理"})
    kept = process_drafts.look(city, draft_id).files["scenarios/tried_once.yml"]
    told = yaml.safe_load(kept)
    assert told["description"] == "不予受理"
    assert told["ends_at"]


@pytest.mark.parametrize("name", ["", "../up", "With Spaces", "1st"])
def test_a_name_that_is_none_keeps_nothing(designer: Visitor, city: City, draft_id: str, name: str) -> None:
    before = process_drafts.look(city, draft_id).files
    trial = _begin(designer, draft_id)
    designer.get(trial)
    designer.post(f"{trial}/keep", {"name": name})
    assert process_drafts.look(city, draft_id).files == before


def test_what_cannot_run_leads_back_with_what_is_wrong(designer: Visitor, city: City, draft_id: str) -> None:
    process_drafts.save(city, draft_id, {"triage.dmn": None})
    assert _begin(designer, draft_id) == f"/designer/drafts/{draft_id}"
    assert "还不能试运行" in designer.get("/designer").text

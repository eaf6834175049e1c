"""A designer tries a process on pages: real forms, people of the training city, a way back; nothing of it is real."""

import json
import re
from pathlib import Path

import pytest
import yaml
from flask import Flask

from engine.model import Case
from playing.trials import Trials
from tests.city import City
from tests.web.conftest import Visit, Visitor

PROCESS = "expert_dispatch"
EXAMPLES = Path(__file__).resolve().parents[2] / "forms" / PROCESS / "examples"


def typed(form: str) -> dict[str, object]:
    """What a browser sends for an example of a form."""
    answers = json.loads((EXAMPLES / f"{form}.valid.json").read_text("utf-8"))
    return {
        key: {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        for key, value in answers.items()
        if value is not None
    }


@pytest.fixture
def designer(app: Flask, visit: Visit, tmp_path: Path) -> Visitor:
    app.extensions["trials"] = Trials(tmp_path / "tries")
    return visit("designer")


@pytest.fixture
def trial(designer: Visitor) -> str:
    """The address of a new try."""
    designer.get("/designer/tries")
    answer = designer.post("/designer/tries", {"process": PROCESS})
    assert answer.status_code == 302
    designer.get(answer.location)
    return answer.location


def _task(page: str, name: str) -> str:
    found = re.search(rf"<strong>{name}</strong>.*?name=\"task\" value=\"(\w+)\"", page, re.DOTALL)
    assert found, page
    return found[1]


def _play(designer: Visitor, trial: str, *, until: int, story: str = "single_satisfied") -> str:
    answer = designer.post(f"{trial}/steps", {"story": story, "until": str(until)})
    assert answer.status_code == 302, answer.text
    return designer.get(trial).text


def test_only_designers_and_administrators_come_in(designer: Visitor, trial: str, visit: Visit) -> None:
    assert visit("union").get("/designer/tries").status_code == 403
    assert visit("admin").get("/designer/tries").status_code == 200
    assert visit("admin").get(trial).status_code == 404


def test_a_case_is_started_with_its_real_form(designer: Visitor, trial: str, city: City) -> None:
    start = f"{trial}/start?as=boss2"
    refused = designer.post(start, {"title": "x"})
    assert refused.status_code == 422
    assert "处需要修改" in refused.text

    started = designer.post(start, typed("request"))

    assert started.status_code == 302, started.text
    page = designer.get(trial).text
    assert "受理诉求" in page
    assert "WS-2026-00001" in page
    assert city.rows(Case, Case.process == PROCESS) == []


def test_goes_on_from_a_story_and_hands_in_as_somebody(designer: Visitor, trial: str) -> None:
    page = _play(designer, trial, until=2)
    task = _task(page, "研判")
    taken = designer.post(f"{trial}/take", {"task": task, "as": "federation"})
    form = designer.get(taken.location.removesuffix("#now")).text
    assert "以 federation 的身份" in form

    done = designer.post(f"{trial}/tasks/{task}?as=federation", typed("triage"))

    assert done.status_code == 302, done.text
    assert "answer_offer" in designer.get(trial).text
    told = yaml.safe_load(designer.get(f"{trial}/scenario").text)
    assert [step["task"] for step in told["steps"] if "task" in step] == ["accept_request", "confirm_triage"]
    assert told["steps"][-2]["as"] == "federation"


def test_time_passes_and_a_step_is_taken_back(designer: Visitor, trial: str) -> None:
    _play(designer, trial, until=4)
    before = designer.get(trial).text
    assert "3月2日 09:00" in before
    designer.post(f"{trial}/steps", {"advance": "P3D"})
    assert "3月5日 09:00" in designer.get(trial).text
    designer.post(f"{trial}/steps", {"take_back": "1"})
    assert "3月2日 09:00" in designer.get(trial).text


@pytest.mark.parametrize(
    "step", ["{a: &b 1, c: *b}", "just words", "{task: nowhere, as: boss2}", "[1", "{advance: soon}"]
)
def test_a_step_that_cannot_be_done_says_why_and_changes_nothing(designer: Visitor, trial: str, step: str) -> None:
    _play(designer, trial, until=1)
    before = designer.get(f"{trial}/scenario").text
    answer = designer.post(f"{trial}/steps", {"step": step})
    assert answer.status_code == 422
    assert 'id="complaint"' in answer.text
    assert designer.get(f"{trial}/scenario").text == before


def test_a_page_leaves_nobody_reading(designer: Visitor, trial: str, tmp_path: Path) -> None:
    """A reader who stays would keep the city from being put back."""
    designer.get(trial)
    _play(designer, trial, until=2)
    assert not list(tmp_path.glob("tries/*/city.db-wal"))


def test_a_whole_story_ends_and_says_where(designer: Visitor, trial: str) -> None:
    answer = designer.post(f"{trial}/steps", {"story": "rejected", "until": ""})
    assert answer.status_code == 302, answer.text
    assert "案件已经结束" in designer.get(trial).text
    assert yaml.safe_load(designer.get(f"{trial}/scenario").text)["ends_at"]


def test_an_ended_try_is_gone(designer: Visitor, trial: str) -> None:
    designer.post(f"{trial}/end")
    assert designer.get(trial).status_code == 404
    assert "没有进行中的试运行" in designer.get("/designer/tries").text

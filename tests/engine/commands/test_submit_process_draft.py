"""Only what can run is handed on, with words."""

import pytest

from engine.commands.start_process_draft import StartProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model.case import ReasonMissing
from engine.model.process_draft import DraftNotOpen
from tests.city import City
from tests.process_drafts import AUTHOR, look, save


@pytest.fixture
def draft_id(people: City) -> str:
    return people.run(StartProcessDraft(name="培训申请"), by=AUTHOR)


def test_a_draft_that_can_run_waits_for_a_second_person(people: City, draft_id: str) -> None:
    report = people.run(SubmitProcessDraft(draft_id=draft_id, comment="新流程"), by=AUTHOR)

    row = look(people, draft_id).row
    assert report.deployable
    assert (row.state, row.comment, row.submitted_by) == ("submitted", "新流程", people.actor(AUTHOR).name)
    with pytest.raises(DraftNotOpen):
        people.run(SubmitProcessDraft(draft_id=draft_id, comment="再次"), by=AUTHOR)


def test_one_that_cannot_run_stays_open_and_says_why(people: City, draft_id: str) -> None:
    save(people, draft_id, {"scenarios/first.yml": b"steps: [&a 1, *a]"})

    report = people.run(SubmitProcessDraft(draft_id=draft_id, comment="新流程"), by=AUTHOR)

    assert [(p.path, p.code) for p in report.problems if p.severity == "error"] == [
        ("scenarios/first.yml", "scenario_unreadable")
    ]
    assert look(people, draft_id).row.state == "open"


def test_nobody_is_asked_to_look_without_words(people: City, draft_id: str) -> None:
    with pytest.raises(ReasonMissing):
        people.run(SubmitProcessDraft(draft_id=draft_id, comment=" "), by=AUTHOR)

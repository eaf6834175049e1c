"""How scenarios went is remembered once each, however often a job was begun again."""

import pytest

from engine.actor import SYSTEM
from engine.commands.note_played_scenario import NotePlayedScenario
from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from tests.city import City
from tests.process_drafts import APPROVER, AUTHOR, begin, change, look

SURVEY = "staff_survey"


@pytest.fixture
def draft_id(city: City) -> str:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    return draft_id


def note(city: City, draft_id: str, played: int, failure: str | None = None) -> bool:
    revision = look(city, draft_id).row.revision
    noted = NotePlayedScenario(
        draft_id=draft_id, revision=revision, played=played, scenario=f"story {played}", failure=failure
    )
    return city.engine.run(noted, actor=SYSTEM)


def test_the_last_word_about_a_scenario_counts(city: City, draft_id: str) -> None:
    assert note(city, draft_id, 1, "step 2: no task")
    assert note(city, draft_id, 2, "step 9: no task")
    assert note(city, draft_id, 1)

    row = look(city, draft_id).row
    assert row.played == 2
    assert [one["scenario"] for one in row.failures] == ["story 2"]

"""A submitted draft goes back with a reason, also while its scenarios are played."""

import pytest

from engine.actor import SYSTEM
from engine.commands.note_played_scenario import NotePlayedScenario
from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.return_process_draft import ReturnProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model.case import ReasonMissing
from engine.model.process_draft import DraftNotSubmitted
from tests.city import City
from tests.mails import work_off
from tests.process_drafts import APPROVER, AUTHOR, begin, change, look, versions

SURVEY = "staff_survey"


def test_what_was_returned_while_it_was_played_is_not_published(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    city.run(ReturnProcessDraft(draft_id=draft_id, reason="再想一想"), by=APPROVER)

    work_off(city)

    row = look(city, draft_id).row
    assert (row.state, row.reason) == ("open", "再想一想")
    assert len(versions(city, SURVEY)) == 1
    stale = NotePlayedScenario(draft_id=draft_id, revision=2, played=1, scenario="x")
    assert city.engine.run(stale, actor=SYSTEM) is False


def test_an_open_draft_cannot_be_returned_and_a_reason_is_needed(city: City) -> None:
    draft_id = begin(city, SURVEY)
    with pytest.raises(DraftNotSubmitted):
        city.run(ReturnProcessDraft(draft_id=draft_id, reason="再想一想"), by=APPROVER)
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了"), by=AUTHOR)

    with pytest.raises(ReasonMissing):
        city.run(ReturnProcessDraft(draft_id=draft_id, reason=""), by=APPROVER)
    assert look(city, draft_id).row.state == "submitted"

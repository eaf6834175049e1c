"""From a draft to a version: what was not changed stays the same version, scenarios come first, one can go back."""

import pytest

from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.return_process_draft import ReturnProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model import HistoryEntry
from seeds.seeding import PROCESSES
from tests.city import City
from tests.mails import work_off
from tests.process_drafts import APPROVER, AUTHOR, begin, change, look, publish, save, versions

KEYS = sorted(path.parent.name for path in PROCESSES.glob("*/README.md"))
SURVEY = "staff_survey"


@pytest.mark.parametrize("process", KEYS)
def test_what_is_published_unchanged_is_the_same_version(city: City, process: str) -> None:
    before = versions(city, process)

    done = publish(city, begin(city, process))

    assert done.state == "published"
    assert [(d.version, d.content_hash, d.stories_hash) for d in versions(city, process)] == [
        (d.version, d.content_hash, d.stories_hash) for d in before
    ]
    assert done.published_as == before[-1].id


def test_scenarios_are_played_and_kept_before_a_version_is_made(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", 'isExecutable="true"', 'isExecutable="true" ')
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")

    city.run(SubmitProcessDraft(draft_id=draft_id, comment="说明更清楚"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id, comment="同意"), by=APPROVER)
    waiting = look(city, draft_id).row
    work_off(city)

    assert (waiting.state, waiting.scenarios, waiting.played) == ("publishing", 2, 0)
    first, second = versions(city, SURVEY)
    assert (second.version, second.comment) == (2, "说明更清楚")
    assert (second.submitted_by, second.approved_by) == (city.actor(AUTHOR).person_id, city.actor(APPROVER).person_id)
    assert second.content_hash != first.content_hash
    assert second.stories_hash == first.stories_hash
    assert look(city, draft_id).row.played == 2


def test_a_scenario_that_fails_keeps_the_version_back_and_says_where(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, "scenarios/survey_dropped.yml", "steps:", "steps:\n  - {task: no_such_step, as: chair}")

    done = publish(city, draft_id)

    assert done.state == "submitted"
    (failure,) = done.failures
    assert failure["scenario"] == "survey_dropped"
    assert "step 1" in failure["message"]
    assert "no_such_step" in failure["message"]
    assert len(versions(city, SURVEY)) == 1
    city.run(ReturnProcessDraft(draft_id=draft_id, reason="场景没有走通"), by=AUTHOR)
    assert look(city, draft_id).row.state == "open"


def test_only_scenarios_changed_is_a_new_version_of_the_same_content(city: City) -> None:
    draft_id = begin(city, SURVEY)
    save(city, draft_id, {"scenarios/survey_dropped.yml": None})

    publish(city, draft_id)

    first, second = versions(city, SURVEY)
    assert second.content_hash == first.content_hash
    assert second.stories_hash != first.stories_hash


def test_going_back_is_a_new_version_with_the_old_content(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    publish(city, draft_id)

    done = publish(city, begin(city, SURVEY, version=1))

    first, second, third = versions(city, SURVEY)
    assert first.content_hash == third.content_hash != second.content_hash
    assert done.published_as == third.id


def test_every_act_stands_in_the_history(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    publish(city, draft_id)

    entries = city.rows(HistoryEntry, HistoryEntry.action.startswith("process_"))
    acts = [e.action for e in sorted(entries, key=lambda e: e.seq) if e.details.get("draft") == draft_id]
    assert acts == [
        "process_draft_started", "process_draft_saved", "process_draft_submitted", "process_draft_approved",
        "process_draft_published",
    ]  # fmt: skip

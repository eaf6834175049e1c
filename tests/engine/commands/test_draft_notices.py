"""Whoever a draft waits for hears of it, and whoever wrote it hears what became of it; nobody is told their own act."""

import pytest

from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.return_process_draft import ReturnProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model import Notice
from tests.city import City
from tests.mails import reach, sending_mail, work_off
from tests.process_drafts import APPROVER, AUTHOR, begin, change, look, publish, save

SURVEY = "staff_survey"


@pytest.fixture
def draft_id(city: City) -> str:
    found = begin(city, SURVEY)
    change(city, found, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    return found


def _told(city: City, kind: str) -> list[tuple[str, dict[str, object]]]:
    found = sorted(city.rows(Notice, Notice.kind == kind), key=lambda n: (n.at, n.id))
    names = {city.actor(one).person_id: one for one in (AUTHOR, APPROVER)}
    return [(names[n.person_id], n.params) for n in found]


def test_the_other_designers_hear_that_a_draft_waits(city: City, draft_id: str) -> None:
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="说明更清楚"), by=AUTHOR)

    ((who, facts),) = _told(city, "draft_submitted")
    assert who == APPROVER
    assert (facts["draft_id"], facts["by"], facts["note"]) == (draft_id, city.actor(AUTHOR).name, "说明更清楚")


def test_who_wrote_it_hears_that_it_was_returned_each_time(city: City, draft_id: str) -> None:
    for reason in ("请写明理由", "理由还不够"):
        city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了一处"), by=AUTHOR)
        city.clock.advance(seconds=60)
        city.run(ReturnProcessDraft(draft_id=draft_id, reason=reason), by=APPROVER)

    assert [(who, facts["note"]) for who, facts in _told(city, "draft_returned")] == [
        (AUTHOR, "请写明理由"), (AUTHOR, "理由还不够"),
    ]  # fmt: skip
    assert [who for who, _ in _told(city, "draft_submitted")] == [APPROVER, APPROVER]


def test_taking_ones_own_draft_back_tells_nobody(city: City, draft_id: str) -> None:
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了一处"), by=AUTHOR)
    city.run(ReturnProcessDraft(draft_id=draft_id, reason="还要再改"), by=AUTHOR)
    assert _told(city, "draft_returned") == []


def test_both_hear_of_a_version_whose_scenarios_were_played_meanwhile(city: City, draft_id: str) -> None:
    publish(city, draft_id)
    assert {(who, facts["version"]) for who, facts in _told(city, "draft_published")} == {(AUTHOR, 2), (APPROVER, 2)}


def test_only_the_author_hears_of_a_version_made_at_once(city: City, draft_id: str) -> None:
    stories = [path for path in look(city, draft_id).files if path.startswith("scenarios/")]
    save(city, draft_id, dict.fromkeys(stories))
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了一处"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    assert [who for who, _ in _told(city, "draft_published")] == [AUTHOR]


def test_both_hear_that_a_scenario_kept_it_back(city: City, draft_id: str) -> None:
    change(city, draft_id, "scenarios/survey_dropped.yml", "steps:", "steps:\n  - {task: no_such_step, as: chair}")
    publish(city, draft_id)
    work_off(city)
    assert {(who, facts["failed"]) for who, facts in _told(city, "draft_not_published")} == {(AUTHOR, 1), (APPROVER, 1)}
    assert _told(city, "draft_published") == []


@pytest.mark.parametrize("is_returned", [False, True])
def test_a_draft_that_waits_no_more_is_not_mailed(city: City, draft_id: str, is_returned: bool) -> None:
    reach(city, APPROVER)
    with sending_mail(city) as mailbox:
        city.run(SubmitProcessDraft(draft_id=draft_id, comment="说明更清楚"), by=AUTHOR)
        if is_returned:
            city.run(ReturnProcessDraft(draft_id=draft_id, reason="还要再改"), by=AUTHOR)
        city.clock.advance(days=1)
        work_off(city)

        texts = [next(message.iter_parts()).get_content() for message in mailbox.messages]
    assert len(texts) == (0 if is_returned else 1)
    assert all(f"/designer/drafts/{draft_id}/review" in text for text in texts)

"""The version is made when everything was played, by parts if need be."""

from engine.actor import SYSTEM
from engine.commands.finish_publication import FinishPublication
from engine.commands.publish_process_draft import PLAY, PublishProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model import Job
from playing.rehearsal import play_draft
from tests.city import City
from tests.mails import work_off
from tests.process_drafts import APPROVER, AUTHOR, begin, change, look, versions

SURVEY = "staff_survey"


def test_a_rehearsal_goes_on_where_it_was(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    revision = look(city, draft_id).row.revision

    play_draft(city.engine, {"draft_id": draft_id, "revision": revision}, seconds=0)

    assert (look(city, draft_id).row.state, look(city, draft_id).row.played) == ("publishing", 1)
    assert len(city.rows(Job, Job.kind == PLAY)) == 2
    work_off(city)
    assert look(city, draft_id).row.state == "published"
    assert [d.version for d in versions(city, SURVEY)] == [1, 2]


def test_finishing_twice_makes_one_version(city: City) -> None:
    draft_id = begin(city, SURVEY)
    change(city, draft_id, f"{SURVEY}.bpmn", "<bpmn:documentation>", "<bpmn:documentation>（修订）")
    city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了"), by=AUTHOR)
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    work_off(city)

    city.engine.run(FinishPublication(draft_id=draft_id, revision=look(city, draft_id).row.revision), actor=SYSTEM)

    assert [d.version for d in versions(city, SURVEY)] == [1, 2]

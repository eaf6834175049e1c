"""A draft that is not wanted any more is closed, and can still be looked at."""

import pytest

from engine.commands.discard_process_draft import DiscardProcessDraft
from engine.commands.start_process_draft import StartProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model.case import ReasonMissing
from engine.model.process_draft import DraftNotOpen
from tests.city import City
from tests.process_drafts import AUTHOR, look


def test_a_discarded_draft_keeps_its_files(people: City) -> None:
    draft_id = people.run(StartProcessDraft(name="培训申请"), by=AUTHOR)
    with pytest.raises(ReasonMissing):
        people.run(DiscardProcessDraft(draft_id=draft_id, reason=""), by=AUTHOR)

    people.run(DiscardProcessDraft(draft_id=draft_id, reason="改用别的办法"), by=AUTHOR)

    found = look(people, draft_id)
    assert (found.row.state, found.row.reason, len(found.files)) == ("discarded", "改用别的办法", 1)


def test_what_is_under_review_is_returned_first(people: City) -> None:
    draft_id = people.run(StartProcessDraft(name="培训申请"), by=AUTHOR)
    people.run(SubmitProcessDraft(draft_id=draft_id, comment="新流程"), by=AUTHOR)

    with pytest.raises(DraftNotOpen):
        people.run(DiscardProcessDraft(draft_id=draft_id, reason="改用别的办法"), by=AUTHOR)

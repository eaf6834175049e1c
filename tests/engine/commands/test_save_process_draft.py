"""Saving counts; who worked on an old revision overwrites nothing."""

import pytest

from engine.commands.discard_process_draft import DiscardProcessDraft
from engine.commands.save_process_draft import DraftMovedOn, SaveProcessDraft
from engine.commands.start_process_draft import StartProcessDraft
from engine.definitions.draft_files import DraftFilesRefused
from engine.drafting import DraftNotFound
from engine.model.process_draft import DraftNotOpen
from tests.city import City
from tests.process_drafts import APPROVER, AUTHOR, look

FORM = "forms/first.form"


@pytest.fixture
def draft_id(people: City) -> str:
    return people.run(StartProcessDraft(name="培训申请"), by=AUTHOR)


def test_a_save_keeps_what_was_given_and_takes_away_what_was_none(people: City, draft_id: str) -> None:
    (diagram,) = look(people, draft_id).files

    people.run(SaveProcessDraft(draft_id=draft_id, revision=1, files={FORM: b"{}"}), by=AUTHOR)
    both = set(look(people, draft_id).files)
    people.run(SaveProcessDraft(draft_id=draft_id, revision=2, files={FORM: None}), by=AUTHOR)

    assert both == {diagram, FORM}
    assert set(look(people, draft_id).files) == {diagram}
    assert look(people, draft_id).row.revision == 3


def test_an_old_revision_is_refused_with_who_saved(people: City, draft_id: str) -> None:
    people.run(SaveProcessDraft(draft_id=draft_id, revision=1, files={FORM: b"{}"}), by=APPROVER)

    with pytest.raises(DraftMovedOn) as refusal:
        people.run(SaveProcessDraft(draft_id=draft_id, revision=1, files={FORM: b"[]"}), by=AUTHOR)

    assert refusal.value.details["by"] == people.actor(APPROVER).name
    assert look(people, draft_id).files[FORM] == b"{}"


def test_one_wrong_file_keeps_all_of_them_out(people: City, draft_id: str) -> None:
    with pytest.raises(DraftFilesRefused):
        people.run(SaveProcessDraft(draft_id=draft_id, revision=1, files={FORM: b"{}", "../x": b""}), by=AUTHOR)

    assert FORM not in look(people, draft_id).files


def test_what_is_over_or_not_there_cannot_be_saved(people: City, draft_id: str) -> None:
    people.run(DiscardProcessDraft(draft_id=draft_id, reason="不需要了"), by=AUTHOR)

    with pytest.raises(DraftNotOpen):
        people.run(SaveProcessDraft(draft_id=draft_id, revision=1, files={FORM: b"{}"}), by=AUTHOR)
    with pytest.raises(DraftNotFound):
        people.run(SaveProcessDraft(draft_id="0" * 32, revision=1, files={FORM: b"{}"}), by=AUTHOR)

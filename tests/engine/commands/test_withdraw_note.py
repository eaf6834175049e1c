import pytest

from engine.circles import Circle
from engine.commands.add_note import AddNote
from engine.commands.withdraw_note import WithdrawNote
from engine.model import Note, Notice
from engine.model.note import NoteNotFound, NoteWithdrawn, NotTheAuthor
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.engine.conftest import Visits


def test_the_text_is_gone_and_nobody_is_told_any_more(visits: Visits) -> None:
    case_id, city = visits.start(), visits.city
    note_id = city.run(AddNote(case_id=case_id, text="@union 写错了"), by="chair")

    city.run(WithdrawNote(note_id=note_id), by="chair")
    while tick(city.engine, lambda job_id: do_job(city.engine, job_id)):
        pass

    (note,) = city.rows(Note)
    assert (note.text, note.withdrawn_at) == ("", city.engine.now())
    assert visits.actions(case_id)[-1] == "note_withdrawn"
    assert city.rows(Notice, Notice.kind == "mentioned") == []
    with pytest.raises(NoteWithdrawn):
        city.run(WithdrawNote(note_id=note_id), by="chair")


def test_others_may_not_and_those_who_do_not_see_it_learn_nothing(visits: Visits) -> None:
    case_id, city = visits.start(), visits.city
    open_note = city.run(AddNote(case_id=case_id, text="大家看"), by="chair")
    inside = city.run(AddNote(case_id=case_id, text="内部", circle=Circle.WORKER), by="chair")

    with pytest.raises(NotTheAuthor):
        city.run(WithdrawNote(note_id=open_note), by="union")
    for username, note_id in (("union", inside), ("boss2", open_note), ("chair", "nothing")):
        with pytest.raises(NoteNotFound):
            city.run(WithdrawNote(note_id=note_id), by=username)

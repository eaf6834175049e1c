import io
import zipfile

import pytest

from engine.agreeing import NotANegotiator
from engine.commands.note_on_clause import NoteOnClause
from engine.model import HistoryEntry, ProcessInstance
from engine.queries.evidence import evidence
from tests.talks import Talks

SECRET = "底线是百分之六"


def test_a_note_is_for_the_own_side_and_nobody_else(talks: Talks) -> None:
    talks.run(NoteOnClause, "工资标准", by="chair", text=SECRET)

    assert [n.text for n in talks.file("工资标准", "rep1").notes] == [SECRET]
    for other in ("boss", "worker1", "worker60", "hr"):
        assert talks.file("工资标准", other).notes == ()
    with pytest.raises(NotANegotiator):
        talks.run(NoteOnClause, "工资标准", by="worker60", text="旁听记录")


def test_a_note_leaves_no_trace_where_the_other_side_looks(talks: Talks) -> None:
    before = len(talks.history)
    talks.run(NoteOnClause, "工资标准", by="chair", text=SECRET)

    assert len(talks.history) == before
    written = [*talks.city.rows(HistoryEntry), *talks.city.rows(ProcessInstance)]
    assert SECRET not in str([vars(row) for row in written])
    engine = talks.city.engine
    with engine.reading() as session:
        bundle = evidence(
            session,
            talks.city.actor("boss"),
            talks.case_id,
            catalogue=engine.catalogue,
            store=engine.documents,
            now=engine.now(),
        )
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert not any(SECRET in archive.read(name).decode("utf-8", "replace") for name in archive.namelist())

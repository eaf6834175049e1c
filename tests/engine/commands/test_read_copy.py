import pytest

from engine.commands.read_copy import CopyNotFound, ReadCopy
from engine.commands.send_copies import SendCopies
from engine.model import CaseCopy
from engine.queries.copies import copies_of, my_copies, possible_readers, unread_copies
from engine.work import CaseNotFound
from tests.engine.conftest import Visits


def a_copy(visits: Visits) -> CaseCopy:
    visits.city.run(SendCopies(case_id=visits.start(), to=("chair",), note="请阅"), by="town_union")
    return visits.city.rows(CaseCopy)[0]


def test_the_reader_confirms_once(visits: Visits) -> None:
    copy = a_copy(visits)

    visits.city.run(ReadCopy(copy_id=copy.id), by="chair")
    visits.city.clock.advance(hours=1)
    visits.city.run(ReadCopy(copy_id=copy.id), by="chair")

    (row,) = visits.city.rows(CaseCopy)
    assert row.read_at is not None
    assert row.read_at < visits.city.clock.now
    assert visits.actions(copy.case_id).count("copy_read") == 1


@pytest.mark.parametrize("by", ["hr", "boss2", "town_union"])
def test_nobody_confirms_for_another(visits: Visits, by: str) -> None:
    copy = a_copy(visits)

    with pytest.raises(CopyNotFound):
        visits.city.run(ReadCopy(copy_id=copy.id), by=by)

    assert visits.city.rows(CaseCopy)[0].read_at is None


def test_what_was_sent_is_seen_by_the_case_and_what_came_by_its_reader(visits: Visits) -> None:
    copy, city = a_copy(visits), visits.city
    with city.engine.reading() as session:
        (sent,) = copies_of(session, city.actor("hr"), copy.case_id)
        mine = my_copies(session, city.actor("chair"))
        waiting = unread_copies(session, city.actor("chair"), copy.case_id)
        nothing = my_copies(session, city.actor("hr"))
        with pytest.raises(CaseNotFound):
            copies_of(session, city.actor("boss2"), copy.case_id)

    assert (sent.reader, sent.sent_by, sent.note, sent.read_at) == ("chair", "town_union", "请阅", None)
    assert mine.items == waiting == (sent,)
    assert (mine.total, nothing.total) == (1, 0)


def test_whom_one_may_name_depends_on_who_asks(visits: Visits) -> None:
    copy, city = a_copy(visits), visits.city
    with city.engine.reading() as session:
        named = {
            by: {
                r.username
                for r in possible_readers(session, city.actor(by), copy.case_id, catalogue=city.engine.catalogue)
            }
            for by in ("hr", "town_union")
        }

    assert named["hr"] == {"chair"}
    assert {"hr", "chair", "town_union2", "union"} <= named["town_union"]
    assert not {"boss2", "worker1", "town_union"} & named["town_union"]

"""A staff roster comes in whole or not at all, by whom it may, and twice is the same as once."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import rostering
from engine.balloting import voters_of
from engine.commands.import_roster import RosterUnderWay
from engine.model import GroupMembership, Person, RosterLine
from engine.roster_lines import RosterColumnsMissing
from engine.rostering import RosterPlaceNotFound
from engine.sheet_file import SheetHasMacros, SheetUnreadable
from tests.city import HILL, STAR, City
from tests.registry import administration, id_of, organisation_id
from tests.rosters import HEADER, begin, flaws, imported, sheet, with_part, work_off

TWO = (
    ("陈一", 13900000001, "", "冲压工", 43957, ""),
    ("陈二", "139 0000 0002", "0012", "质检", "2021年3月1日", "否"),
)


def test_all_lines_become_people_who_may_vote(people: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rostering, "PART", 1)
    run = imported(people, sheet(*TWO))

    assert (run.state, run.lines, run.read, run.added, run.flaws) == ("done", 2, 2, 2, 0)
    first, second = (people.rows(Person, Person.username == name)[0] for name in ("13900000001", "0012"))
    assert (first.name, first.post, first.password_hash) == ("陈一", "冲压工", None)
    assert second.phone == "13900000002"
    held = people.rows(GroupMembership, GroupMembership.person_id.in_((first.id, second.id)))
    assert {(m.group, m.since) for m in held} == {("worker", date(2020, 5, 6)), ("worker", date(2021, 3, 1))}
    with people.engine.reading() as session:
        assert {first.username, second.username} <= set(voters_of(session, organisation_id(people, STAR), "staff"))
    assert people.rows(RosterLine) == []
    assert [entry.action for entry in administration(people)] == ["roster_received", "roster_imported"]
    assert administration(people)[-1].actor == "hr"


def test_the_same_file_twice_changes_nothing(people: City) -> None:
    imported(people, sheet(*TWO))
    with people.engine.reading() as session:
        before = session.execute(select(Person.id, Person.lock_version).order_by(Person.id)).all()

    again = imported(people, sheet(*TWO))

    assert (again.state, again.added, again.changed) == ("done", 0, 0)
    with people.engine.reading() as session:
        assert session.execute(select(Person.id, Person.lock_version).order_by(Person.id)).all() == before
    moved = imported(people, sheet(("陈一", 13900000001, "", "班长", "", "")))
    assert (moved.added, moved.changed) == (0, 1)
    assert people.rows(Person, Person.username == "13900000001")[0].post == "班长"


def test_one_wrong_line_keeps_all_out(people: City) -> None:
    content = sheet(
        *TWO,
        ("", "12345", "", "", "昨天", "也许"),
        ("陈三", "13900000001", "", "", "", ""),
        ("陈四", "13900000004", 12, "", "2099-01-01", "是"),
        ("王", "", "", "岗" * 101, "", ""),
        ("星月老板", "", "boss2", "", "", ""),
        ("改名", "", "rep1", "", "", ""),
    )

    run = imported(people, content)

    assert run.state == "refused"
    assert flaws(people, run) == [
        (4, "is_rep", "yes_or_no"), (4, "name", "required"), (4, "phone", "not_phone"), (4, "since", "not_a_date"),
        (5, "username", "roster_twice"),
        (6, "is_rep", "reps_by_union"), (6, "since", "day_out_of_range"), (6, "username", "number_not_text"),
        (7, "name", "too_short"), (7, "phone", "phone_or_username"), (7, "post", "too_long"),
        (8, "username", "works_elsewhere"),
        (9, "name", "name_differs"),
    ]  # fmt: skip
    assert people.rows(Person, Person.username.in_(("13900000001", "0012"))) == []


def test_representatives_are_entered_by_the_union_only(people: City) -> None:
    line = ("陈五", "13900000005", "", "", "", "是")
    assert imported(people, sheet(line), by="union").state == "done"

    held = people.rows(GroupMembership, GroupMembership.person_id == id_of(people, "13900000005"))
    assert [m.group for m in held] == ["congress_rep"]


def test_whose_staff_it_may_be(people: City) -> None:
    for by, enterprise in (("hr", HILL), ("rep1", STAR), ("hrss", STAR), ("security", STAR)):
        with pytest.raises(RosterPlaceNotFound):
            begin(people, sheet(*TWO), by=by, enterprise=enterprise)
    begin(people, sheet(*TWO), by="admin")
    with pytest.raises(RosterUnderWay):
        begin(people, sheet(*TWO), by="hr")


def test_what_was_taken_meanwhile_refuses_the_whole(people: City) -> None:
    begin(people, sheet(*TWO))
    work_off(people, most=1)
    with people.session() as session, session.begin():
        session.add(Person(username="0012", name="别人", memberships=[]))
    work_off(people)

    run = people.rows(rostering.RosterImport)[0]
    assert (run.state, flaws(people, run)) == ("refused", [(3, "username", "overtaken")])
    assert people.rows(Person, Person.username == "13900000001") == []


def test_files_that_are_no_roster_are_refused_at_once(people: City) -> None:
    good = sheet(*TWO)
    for content, error in (
        (b"", SheetUnreadable),
        (b"PK\x03\x04 and then nothing", SheetUnreadable),
        (with_part(good, "xl/vbaProject.bin", b"x"), SheetHasMacros),
        (with_part(good, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), SheetUnreadable),
        (sheet(header=("甲", "乙")), RosterColumnsMissing),
        (sheet(header=HEADER[1:]), RosterColumnsMissing),
    ):
        with pytest.raises(error):
            begin(people, content)
    empty = imported(people, sheet())
    assert (empty.state, empty.refusal) == ("refused", "roster_empty")

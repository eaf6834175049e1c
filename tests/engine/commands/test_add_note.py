"""Notes for one circle: what one side writes for itself the other side never sees."""

import pytest

from engine.circles import Circle, NotInCircle
from engine.commands.add_note import AddNote, NoteWrong
from engine.model import Notice
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from engine.queries.notes import notes, writing
from engine.work import CaseNotFound
from tests.engine.conftest import Visits


def write(visits: Visits, case_id: str, by: str, circle: str = Circle.EVERYBODY, text: str = "请看一下") -> str:
    visits.city.clock.advance(minutes=1)
    return visits.city.run(AddNote(case_id=case_id, text=text, circle=circle), by=by)


def seen_by(visits: Visits, case_id: str, username: str) -> list[str]:
    engine = visits.city.engine
    with engine.reading() as session:
        page = notes(session, visits.city.actor(username), case_id, catalogue=engine.catalogue)
    return [row.text for row in page.items]


def told(visits: Visits) -> set[str]:
    while tick(visits.city.engine, lambda job_id: do_job(visits.city.engine, job_id)):
        pass
    return {notice.person_id for notice in visits.city.rows(Notice, Notice.kind == "mentioned")}


def test_each_circle_reads_its_own_notes(visits: Visits) -> None:
    case_id = visits.start()
    write(visits, case_id, "chair", Circle.WORKER, "职工方内部")
    write(visits, case_id, "town_union", Circle.OFFICE, "机关内部")
    write(visits, case_id, "chair", text="大家看")

    assert seen_by(visits, case_id, "chair") == ["大家看", "职工方内部"]
    assert seen_by(visits, case_id, "town_union") == ["大家看", "机关内部"]
    assert seen_by(visits, case_id, "union") == ["大家看", "机关内部"]
    assert seen_by(visits, case_id, "hr") == ["大家看"]
    with pytest.raises(CaseNotFound):
        seen_by(visits, case_id, "boss2")


def test_only_what_everybody_may_read_is_in_the_history(visits: Visits) -> None:
    case_id = visits.start()
    write(visits, case_id, "chair", Circle.WORKER)
    before = visits.actions(case_id)
    write(visits, case_id, "chair")

    assert "note_added" not in before
    assert visits.actions(case_id)[-1] == "note_added"


def test_nobody_writes_into_a_circle_of_others(visits: Visits) -> None:
    case_id = visits.start()
    for username, circle in (("chair", Circle.OFFICE), ("chair", Circle.EMPLOYER), ("union", Circle.WORKER)):
        with pytest.raises(NotInCircle):
            write(visits, case_id, username, circle)
    with pytest.raises(CaseNotFound):
        write(visits, case_id, "lawyer1")


def test_those_who_are_mentioned_are_told_if_they_may_read_it(visits: Visits) -> None:
    case_id = visits.start()
    city = visits.city
    names = {username: city.actor(username) for username in ("hr", "union", "chair", "boss2")}
    write(visits, case_id, "chair", Circle.WORKER, f"@hr @{names['union'].name} 内部")
    assert told(visits) == set()

    write(visits, case_id, "chair", text=f"@union 和 @{names['chair'].username}、@boss2、@没有这个人")

    assert told(visits) == {names["union"].person_id}
    assert told(visits) == {names["union"].person_id}


@pytest.mark.parametrize(("text", "circle"), [("  ", "everybody"), ("长" * 4_001, "everybody"), ("好", "nobody")])
def test_a_note_without_text_or_circle_is_refused(visits: Visits, text: str, circle: str) -> None:
    case_id = visits.start()

    with pytest.raises(NoteWrong):
        write(visits, case_id, "chair", circle, text)

    assert seen_by(visits, case_id, "chair") == []


def test_who_writes_is_offered_the_people_of_each_circle(visits: Visits) -> None:
    case_id = visits.start()
    engine = visits.city.engine
    with engine.reading() as session:
        offered = writing(session, visits.city.actor("chair"), case_id, catalogue=engine.catalogue)

    assert offered.circles == (Circle.WORKER, Circle.CHIEFS, Circle.SIDES, Circle.EVERYBODY)
    assert {username for username, _ in offered.people[Circle.WORKER]} == {"chair"}
    assert {"chair", "hr", "union", "town_union"} <= {username for username, _ in offered.people[Circle.EVERYBODY]}
    assert "town_union2" not in {username for username, _ in offered.people[Circle.EVERYBODY]}

from engine.commands.mark_notices_read import MarkNoticesRead
from engine.model import Notice
from engine.model.base_model import new_id
from tests.engine.conftest import Visits


def tell(visits: Visits, username: str, *texts: str) -> list[str]:
    ids = [new_id() for _ in texts]
    person_id = visits.city.actor(username).person_id
    with visits.city.session() as session, session.begin():
        session.add_all(
            Notice(id=i, person_id=person_id, kind="told", params={"text": t}, at=visits.city.clock.now, dedupe=i)
            for i, t in zip(ids, texts, strict=True)
        )  # fmt: skip
    return ids


def unread(visits: Visits) -> set[str]:
    return {n.id for n in visits.city.rows(Notice, Notice.read_at.is_(None))}


def test_chosen_notices_are_read(visits: Visits) -> None:
    first, second, third = tell(visits, "hr", "一", "二", "三")

    visits.city.run(MarkNoticesRead(ids=(first, third)), by="hr")

    assert unread(visits) == {second}


def test_without_a_choice_all_of_mine_are_read_and_nobody_elses(visits: Visits) -> None:
    tell(visits, "hr", "一", "二")
    (theirs,) = tell(visits, "chair", "三")

    visits.city.run(MarkNoticesRead(), by="hr")

    assert unread(visits) == {theirs}


def test_notices_of_somebody_else_stay_unread(visits: Visits) -> None:
    (theirs,) = tell(visits, "chair", "一")

    visits.city.run(MarkNoticesRead(ids=(theirs,)), by="hr")

    assert unread(visits) == {theirs}


def test_the_first_reading_counts(visits: Visits) -> None:
    tell(visits, "hr", "一")
    visits.city.run(MarkNoticesRead(), by="hr")
    first = visits.city.rows(Notice)[0].read_at
    visits.city.clock.advance(hours=1)

    visits.city.run(MarkNoticesRead(), by="hr")

    assert visits.city.rows(Notice)[0].read_at == first

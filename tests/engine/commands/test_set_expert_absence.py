from datetime import date

import pytest

from engine.commands.set_expert_absence import SetExpertAbsence
from engine.definitions.form import AnswersRejected
from engine.experts import ExpertNotFound
from engine.permissions import NotInGroup
from tests.city import City
from tests.experts import enter_expert, expert
from tests.registry import administration, grant, id_of


def be_absent(city: City, first: str, last: str, *, by: str = "lawyer1", person_id: str | None = None) -> None:
    answers = {"absent_from": first, "absent_until": last}
    city.run(SetExpertAbsence(answers=answers, person_id=person_id), by=by)


def test_the_expert_says_so_and_is_not_dispatched_on_these_days(people: City) -> None:
    enter_expert(people)
    be_absent(people, "2026-03-02", "2026-03-05")

    line = expert(people)
    days = [date(2026, 3, day) for day in (1, 2, 5, 6)]
    assert [line.why_not_on(day) for day in days] == [None, "expert_absent", "expert_absent", None]
    entry = administration(people)[-1]
    assert (entry.action, entry.actor) == ("expert_absence_set", "lawyer1")
    assert entry.details == {"person": "lawyer1", "starts_on": "2026-03-02", "ends_on": "2026-03-05"}


@pytest.mark.parametrize("keeper", ["federation", "security"])
def test_who_keeps_the_register_says_it_for_them(people: City, keeper: str) -> None:
    person_id = enter_expert(people)
    be_absent(people, "2026-03-02", "2026-03-05", by=keeper, person_id=person_id)

    assert expert(people).absent_until == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("first", "last", "path"),
    [
        ("2026-03-01", "2026-03-05", "absent_from"),
        ("2026-03-05", "2026-03-04", "absent_until"),
        ("", "2026-03-04", "absent_from"),
        ("2026-03-05", "tomorrow", "absent_until"),
    ],
)
def test_days_that_are_past_reversed_or_none_are_refused(people: City, first: str, last: str, path: str) -> None:
    enter_expert(people)
    with pytest.raises(AnswersRejected) as refusal:
        be_absent(people, first, last)

    assert [problem.path for problem in refusal.value.problems] == [path]
    assert expert(people).absent_from is None


def test_a_second_one_waits_until_the_first_is_over(people: City) -> None:
    enter_expert(people)
    be_absent(people, "2026-03-02", "2026-03-05")
    for first, last in (("2026-03-04", "2026-03-09"), ("2026-04-01", "2026-04-02")):
        with pytest.raises(AnswersRejected) as refusal:
            be_absent(people, first, last)
        assert [problem.code for problem in refusal.value.problems] == ["expert_is_away_already"]

    people.clock.advance(days=4)
    be_absent(people, "2026-03-09", "2026-03-10")
    assert expert(people).absent_from == date(2026, 3, 9)


def test_for_strangers_there_is_no_such_expert(people: City) -> None:
    person_id = enter_expert(people)
    for stranger in ("lawyer2", "admin", "union", "hr"):
        with pytest.raises(ExpertNotFound):
            be_absent(people, "2026-03-02", "2026-03-05", by=stranger, person_id=person_id)
    with pytest.raises(ExpertNotFound):
        be_absent(people, "2026-03-02", "2026-03-05", by="lawyer2")

    grant(people, id_of(people, "guide"), "federation", town="古山镇")
    with pytest.raises(NotInGroup):
        be_absent(people, "2026-03-02", "2026-03-05", by="guide", person_id=person_id)

from typing import Any

import pytest

from engine.asking import QuestionWrong
from engine.commands.save_view import MOST_VIEWS, NotOfGroup, SaveView, TooManyViews, ViewNameTaken, ViewNameWrong
from engine.queries.desk import asked_by, desk
from engine.queries.task_filters import filter_of
from tests.city import City
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks


def names(city: City, by: str) -> list[str]:
    with city.engine.reading() as session:
        return [view.name for view in desk(session, city.actor(by)).views]


def test_a_shared_view_is_a_question_that_everybody_answers_for_himself(visits: Visits) -> None:
    visits.start()
    shared = SaveView(name=" 本镇  急件 ", asked={"view": "group", "due": "60"}, audience="town_union@古山镇")
    visits.city.run(shared, by="town_union")

    with visits.city.engine.reading() as session:
        (view,) = desk(session, visits.city.actor("town_union")).views
    assert (view.name, view.is_mine, dict(view.asked)) == ("本镇 急件", True, {"view": "group", "due": "60"})
    for stranger in ("town_union2", "hr", "union"):
        assert names(visits.city, stranger) == []
    filters = filter_of(asked_by(view), now=visits.city.engine.now())
    assert list_of_tasks(visits, "town_union", **vars(filters)).total == 1
    assert list_of_tasks(visits, "town_union2", **vars(filters)).total == 0


@pytest.mark.parametrize("name", ["", "  ", "长" * 61, "a\0b"])
def test_a_view_needs_a_name(people: City, name: str) -> None:
    with pytest.raises(ViewNameWrong):
        people.run(SaveView(name=name), by="hr")


def test_a_name_is_used_once_by_each_person(people: City) -> None:
    people.run(SaveView(name="急件"), by="hr")
    people.run(SaveView(name="急件"), by="chair")

    with pytest.raises(ViewNameTaken):
        people.run(SaveView(name="急件 "), by="hr")


@pytest.mark.parametrize(
    "asked",
    [
        {"view": "all"},
        {"sort": "x"},
        {"colour": "red"},
        {"due": "-1"},
        {"due": "9999"},
        {"due": "１"},
        {"q": "x" * 101},
    ],
)
def test_a_question_that_means_nothing_is_refused(people: City, asked: dict[str, Any]) -> None:
    with pytest.raises(QuestionWrong):
        people.run(SaveView(name="急件", asked=asked), by="hr")


@pytest.mark.parametrize("audience", ["hrss_reviewer@*", "town_union@东城街道", "person:x", ""])
def test_a_view_is_shared_with_a_group_of_ones_own(people: City, audience: str) -> None:
    with pytest.raises(NotOfGroup):
        people.run(SaveView(name="急件", audience=audience), by="town_union")
    assert names(people, "town_union") == []


def test_a_person_keeps_so_many_views_and_no_more(people: City) -> None:
    for number in range(MOST_VIEWS):
        people.run(SaveView(name=f"视图{number}"), by="hr")

    with pytest.raises(TooManyViews):
        people.run(SaveView(name="再来一个"), by="hr")

import pytest

from engine.commands.change_view import ChangeView
from engine.commands.save_view import NotOfGroup, SaveView, ViewNameTaken
from engine.model.desk import ViewNotFound
from engine.queries.desk import ViewRow, view_named
from tests.city import City


def saved(city: City, name: str = "急件", **more: str) -> str:
    return city.run(SaveView(name=name, asked={"view": "group"}, **more), by="town_union")


def seen(city: City, view_id: str, by: str = "town_union") -> ViewRow:
    with city.engine.reading() as session:
        return view_named(session, city.actor(by), view_id)


def test_what_is_named_changes_and_the_rest_stays(people: City) -> None:
    view_id = saved(people)

    people.run(ChangeView(view_id=view_id, name="特急"), by="town_union")
    people.run(ChangeView(view_id=view_id, asked={"view": "overdue"}), by="town_union")
    people.run(ChangeView(view_id=view_id, audience="town_union@古山镇"), by="town_union")
    view = seen(people, view_id)
    assert (view.name, dict(view.asked), view.audience) == ("特急", {"view": "overdue"}, "town_union@古山镇")

    people.run(ChangeView(view_id=view_id, audience=""), by="town_union")
    assert seen(people, view_id).audience is None


def test_who_may_open_a_view_may_not_change_it(people: City) -> None:
    view_id = people.run(SaveView(name="急件", audience="worker@org:" + _star(people)), by="worker1")

    assert seen(people, view_id, by="worker2").is_mine is False
    with pytest.raises(ViewNotFound):
        people.run(ChangeView(view_id=view_id, name="我的"), by="worker2")


def test_a_name_of_ones_own_and_a_group_of_ones_own(people: City) -> None:
    saved(people, "甲")
    view_id = saved(people, "乙")

    with pytest.raises(ViewNameTaken):
        people.run(ChangeView(view_id=view_id, name="甲"), by="town_union")
    with pytest.raises(NotOfGroup):
        people.run(ChangeView(view_id=view_id, audience="city_union@*"), by="town_union")
    people.run(ChangeView(view_id=view_id, name="乙"), by="town_union")


def _star(city: City) -> str:
    return city.actor("worker1").memberships[0].organisation_id or ""

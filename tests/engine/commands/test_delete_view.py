import pytest

from engine.commands.delete_view import DeleteView
from engine.commands.save_view import SaveView
from engine.model import SavedView
from engine.model.desk import ViewNotFound
from tests.city import City


def test_only_the_owner_throws_a_view_away_and_once(people: City) -> None:
    view_id = people.run(SaveView(name="急件", audience="town_union@古山镇"), by="town_union")

    for stranger in ("town_union2", "admin"):
        with pytest.raises(ViewNotFound):
            people.run(DeleteView(view_id=view_id), by=stranger)
    people.run(DeleteView(view_id=view_id), by="town_union")

    assert people.rows(SavedView) == []
    with pytest.raises(ViewNotFound):
        people.run(DeleteView(view_id=view_id), by="town_union")

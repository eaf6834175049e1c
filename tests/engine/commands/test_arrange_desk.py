from typing import Any

import pytest

from engine.commands.arrange_desk import ArrangeDesk, DeskWrong
from engine.commands.save_view import SaveView
from engine.queries.desk import DEFAULT_COLUMNS, DeskRow, desk
from tests.city import City


def arranged(city: City, by: str = "hr") -> DeskRow:
    with city.engine.reading() as session:
        return desk(session, city.actor(by))


def test_a_desk_is_arranged_piece_by_piece_and_for_one_person(people: City) -> None:
    people.run(ArrangeDesk(columns=("clock", "task", "town")), by="hr")
    people.run(ArrangeDesk(density="compact"), by="hr")

    assert (arranged(people).columns, arranged(people).density) == (("clock", "task", "town"), "compact")
    assert (arranged(people, "chair").columns, arranged(people, "chair").density) == (DEFAULT_COLUMNS, "normal")


def test_views_stand_in_the_order_that_was_chosen_and_new_ones_last(people: City) -> None:
    ids = {name: people.run(SaveView(name=name), by="hr") for name in ("甲", "乙", "丙")}

    people.run(ArrangeDesk(view_order=(ids["丙"], "gone", ids["甲"])), by="hr")

    assert [view.name for view in arranged(people).views] == ["丙", "甲", "乙"]


@pytest.mark.parametrize("wrong", [
    {"columns": ("task",)}, {"columns": ()}, {"columns": ("clock", "task", "colour")}, {"density": "huge"},
    {"columns": ("clock", "task", "task")}, {"view_order": tuple(map(str, range(201)))},
])  # fmt: skip
def test_what_does_not_exist_is_refused_and_nothing_changes(people: City, wrong: dict[str, Any]) -> None:
    with pytest.raises(DeskWrong):
        people.run(ArrangeDesk(**wrong), by="hr")

    assert arranged(people).columns == DEFAULT_COLUMNS

import pytest

from engine.commands.edit_person import EditPerson, PersonChanged
from engine.commands.record_leaving import PersonLeft, RecordLeaving
from engine.model import Person
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.registry import add_person, administration


def edit(city: City, person_id: str, *, seen: int = 1, by: str = "admin", **changes: object) -> int:
    answers = {"name": "朱小灯", "organisation": STAR, **changes}
    return city.run(EditPerson(person_id=person_id, answers=answers, seen=seen), by=by)


def test_a_change_is_recorded_without_what_it_was(people: City) -> None:
    made = add_person(people, organisation=STAR)

    assert edit(people, made, phone="13812345678", username="other") == 2

    (row,) = people.rows(Person, Person.id == made)
    assert (row.username, row.phone) == ("zhu", "13812345678")
    assert administration(people)[-1].details == {"person": "zhu", "changed": ["phone"]}


def test_the_same_again_is_no_act_and_the_second_of_two_is_told(people: City) -> None:
    made = add_person(people, organisation=STAR)
    assert edit(people, made) == 1
    edit(people, made, post="电工")

    with pytest.raises(PersonChanged):
        edit(people, made, post="钳工")

    assert [entry.action for entry in administration(people)] == ["person_added", "person_edited"]


def test_who_left_is_not_edited_and_others_may_not(people: City) -> None:
    made = add_person(people, organisation=STAR)
    with pytest.raises(NotInGroup):
        edit(people, made, by="security")
    people.run(RecordLeaving(person_id=made, reason="离职"), by="admin")

    with pytest.raises(PersonLeft):
        edit(people, made, seen=2)

import pytest

from engine.commands.record_leaving import RecordLeaving
from engine.commands.reinstate_person import PersonStillHere, ReinstatePerson
from engine.commands.sign_in import SignIn, WrongPassword
from engine.model import Person
from engine.permissions import NotInGroup
from tests.city import City
from tests.registry import administration, id_of


def test_nothing_comes_back_with_them_but_their_entry(people: City) -> None:
    made = id_of(people, "hr")
    people.run(RecordLeaving(person_id=made, reason="退休"), by="admin")

    people.run(ReinstatePerson(person_id=made, reason="返聘"), by="admin")

    (row,) = people.rows(Person, Person.id == made)
    assert (row.left_at, row.password_hash) == (None, None)
    assert people.actor("hr").groups == frozenset()
    with pytest.raises(WrongPassword):
        people.run(SignIn(username="hr", password="demo"), by="system")
    assert administration(people)[-1].action == "person_reinstated"


def test_refusals(people: City) -> None:
    made = id_of(people, "hr")
    with pytest.raises(PersonStillHere):
        people.run(ReinstatePerson(person_id=made, reason="返聘"), by="admin")
    with pytest.raises(NotInGroup):
        people.run(ReinstatePerson(person_id=made, reason="返聘"), by="security")

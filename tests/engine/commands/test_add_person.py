import pytest

from engine.commands.add_person import AddPerson
from engine.commands.sign_in import SignIn, WrongPassword
from engine.definitions.form import AnswersRejected
from engine.model import Person
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.registry import add_person, administration, organisation_id


def test_a_person_is_entered_with_no_rights_and_no_password(people: City) -> None:
    made = add_person(people, organisation=STAR, phone="13812345678", post="电工")

    (row,) = people.rows(Person, Person.id == made)
    assert (row.name, row.phone, row.post) == ("朱小灯", "13812345678", "电工")
    assert (row.password_hash, row.organisation_id) == (None, organisation_id(people, STAR))
    assert people.actor("zhu").groups == frozenset()
    with pytest.raises(WrongPassword):
        people.run(SignIn(username="zhu", password=""), by="system")


def test_what_is_wrong_is_told_at_its_place(people: City) -> None:
    with pytest.raises(AnswersRejected) as refusal:
        add_person(people, "hr", organisation="无此单位")

    assert [(p.path, p.code) for p in refusal.value.problems] == [
        ("organisation", "unknown_organisation"),
        ("username", "username_taken"),
    ]
    assert administration(people) == []


def test_only_the_system_administrator_does_it(people: City) -> None:
    for other in ("security", "auditor", "hr"):
        with pytest.raises(NotInGroup):
            people.run(AddPerson(answers={"username": "zhu", "name": "朱"}), by=other)

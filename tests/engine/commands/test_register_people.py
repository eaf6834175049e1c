import pytest

from engine.commands.register_people import (
    Enrolment,
    EnrolmentUnknown,
    EnterpriseEntry,
    PersonEntry,
    RegisterPeople,
)
from engine.model import Organisation, Person
from engine.passwords import is_right
from engine.permissions import NotInGroup
from tests.city import City

MILL = EnterpriseEntry(name="永康市新风机械厂", uscc="91330784MA2DEMZ03A", town="芝英镇", profile={"staff_total": 12})
NEWCOMER = PersonEntry(
    username="boss3", name="方新", enrolments=(Enrolment(group="enterprise_manager", enterprise=MILL.name),)
)


def register(city: City, *people: PersonEntry, by: str = "admin") -> int:
    return city.run(RegisterPeople(enterprises=(MILL,), people=people, password="first"), by=by)


def test_an_enterprise_and_its_people_are_entered(people: City) -> None:
    assert register(people, NEWCOMER) == 1

    (mill,) = people.rows(Organisation, Organisation.name == MILL.name)
    (person,) = people.rows(Person, Person.username == "boss3")
    assert mill.profile == {"staff_total": 12}
    assert [m.organisation_id for m in people.actor("boss3").memberships] == [mill.id]
    assert is_right("first", person.password_hash)


def test_who_is_known_already_stays_as_they_are(people: City) -> None:
    register(people, NEWCOMER)
    (before,) = people.rows(Person, Person.username == "boss3")

    assert register(people, NEWCOMER) == 0

    (after,) = people.rows(Person, Person.username == "boss3")
    assert after.password_hash == before.password_hash


@pytest.mark.parametrize("enrolment", [Enrolment(group="kings"), Enrolment(group="worker", enterprise="没有这家企业")])
def test_an_unknown_group_or_enterprise_changes_nothing(people: City, enrolment: Enrolment) -> None:
    with pytest.raises(EnrolmentUnknown) as refused:
        register(people, NEWCOMER, PersonEntry(username="x", name="某人", enrolments=(enrolment,)))

    assert [problem.path for problem in refused.value.problems] == ["people.x"]
    assert people.rows(Person, Person.username.in_(["boss3", "x"])) == []
    assert people.rows(Organisation, Organisation.name == MILL.name) == []


def test_only_administrators_register_people(people: City) -> None:
    with pytest.raises(NotInGroup):
        register(people, NEWCOMER, by="boss")

import pytest

from engine.commands.recompute_clock import SystemOnly
from engine.commands.register_people import Enrolment, EnrolmentUnknown, OrganisationEntry, PersonEntry, RegisterPeople
from engine.commands.sign_in import SignIn
from engine.model import HistoryEntry, Organisation, Person
from tests.city import STAR
from tests.engine.conftest import Visits

NEW = OrganisationEntry(
    name="永康市新风五金有限公司", uscc="91330784MA2NEXY03P", town="古山镇", profile={"staff_total": 30}
)
ONE = PersonEntry(username="one", name="叶一", enrolments=(Enrolment(group="enterprise_hr", enterprise=NEW.name),))


def register(
    visits: Visits, *people: PersonEntry, by: str = "system", organisations: tuple[OrganisationEntry, ...] = ()
) -> int:
    return visits.city.run(RegisterPeople(people=people, organisations=organisations, password="first"), by=by)


def test_new_people_join_new_enterprises_and_can_sign_in(visits: Visits) -> None:
    assert register(visits, ONE, organisations=(NEW,)) == 1

    (place,) = visits.city.rows(Organisation, Organisation.name == NEW.name)
    assert (place.kind, place.town, place.profile) == ("enterprise", "古山镇", {"staff_total": 30})
    assert visits.city.actor("one").audiences > {f"enterprise_hr@org:{place.id}"}
    assert visits.city.run(SignIn(username="one", password="first"), by="system").name == "叶一"  # type: ignore[union-attr]


def test_who_is_known_already_stays_as_they_are(visits: Visits) -> None:
    before = visits.city.actor("hr")

    assert register(visits, PersonEntry(username="hr", name="别人")) == 0

    (after,) = visits.city.rows(Person, Person.username == "hr")
    assert after.name == before.name
    visits.city.run(SignIn(username="hr", password="demo"), by="system")


@pytest.mark.parametrize("wrong", [Enrolment(group="kings"), Enrolment(group="worker", enterprise="无此公司")])
def test_a_group_or_enterprise_that_does_not_exist_stops_all(visits: Visits, wrong: Enrolment) -> None:
    two = PersonEntry(username="two", name="叶二", enrolments=(wrong,))

    with pytest.raises(EnrolmentUnknown) as refusal:
        register(visits, PersonEntry(username="three", name="叶三"), two)

    assert [p.path for p in refusal.value.problems] == ["people.two"]
    assert visits.city.rows(Person, Person.username.in_(("two", "three"))) == []


def test_only_the_operator_at_the_terminal_registers_people(visits: Visits) -> None:
    for other in ("admin", "security", "auditor", "union", "designer"):
        with pytest.raises(SystemOnly):
            register(visits, ONE, by=other)


def test_nobody_is_two_administrators(visits: Visits) -> None:
    both = (Enrolment(group="system_admin"), Enrolment(group="audit_admin"))

    with pytest.raises(EnrolmentUnknown) as refusal:
        register(visits, PersonEntry(username="two", name="叶二", enrolments=both))

    assert [(p.path, p.code) for p in refusal.value.problems] == [("people.two", "one_administrator_only")]


def test_a_wrong_credit_code_stops_all(visits: Visits) -> None:
    with pytest.raises(EnrolmentUnknown) as refusal:
        register(visits, organisations=(OrganisationEntry(name="某厂", uscc="91330784MA2NEXY030"),))

    assert [(p.path, p.code) for p in refusal.value.problems] == [("organisations.某厂.uscc", "uscc_check")]


def test_names_are_recorded_and_the_password_is_not(visits: Visits) -> None:
    member = PersonEntry(username="four", name="叶四", enrolments=(Enrolment(group="worker", enterprise=STAR),))
    register(visits, member)

    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.stream == "administration", HistoryEntry.seq > 1)
    assert (entry.action, entry.details) == ("people_registered", {"organisations": [], "people": ["four"]})
    assert "first" not in repr(RegisterPeople(password="first"))

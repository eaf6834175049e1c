import pytest

from engine.commands.add_organisation import AddOrganisation
from engine.definitions.form import AnswersRejected
from engine.model import HistorySubject, Organisation
from engine.organisations import OrganisationKindUnknown
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.registry import LIGHT, add_enterprise, administration


def refused(city: City, kind: str = "enterprise", **changes: object) -> list[tuple[str, str]]:
    with pytest.raises(AnswersRejected) as refusal:
        city.run(AddOrganisation(kind=kind, answers={**LIGHT, **changes}), by="admin")
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def test_an_enterprise_is_entered_with_its_file(people: City) -> None:
    made = add_enterprise(people)

    (row,) = people.rows(Organisation, Organisation.id == made)
    assert (row.kind, row.name, row.uscc, row.town) == ("enterprise", LIGHT["name"], LIGHT["uscc"], "古山镇")
    assert row.profile["staff_total"] == 20
    assert "name" not in row.profile


def test_the_act_stands_in_the_chain_of_administration_under_its_subject(people: City) -> None:
    made = add_enterprise(people)

    (entry,) = administration(people)
    assert (entry.action, entry.actor, entry.details["organisation"]) == ("organisation_added", "admin", LIGHT["name"])
    (subject,) = people.rows(HistorySubject, HistorySubject.subject == f"organisation:{made}")
    assert (subject.stream, subject.seq) == ("administration", entry.seq)


def test_a_credit_code_may_be_typed_loosely(people: City) -> None:
    made = add_enterprise(people, uscc=" 9133 0784-ma２nexy03p ")

    assert people.rows(Organisation, Organisation.id == made)[0].uscc == LIGHT["uscc"]


def test_every_problem_is_told_at_its_place_and_nothing_is_kept(people: City) -> None:
    problems = refused(people, uscc="91330784MA2NEXY030", town="金山镇", contact_phone="1")

    assert {("uscc", "uscc_check"), ("town", "not_an_option"), ("contact_phone", "bad_pattern_value")} <= set(problems)
    assert people.rows(Organisation, Organisation.name == LIGHT["name"]) == []


def test_names_and_codes_belong_to_one_organisation(people: City) -> None:
    (star,) = people.rows(Organisation, Organisation.name == STAR)

    taken = refused(people, name=STAR, uscc=star.uscc)

    assert taken == [("name", "taken_by_organisation"), ("uscc", "taken_by_organisation")]


def test_towns_and_offices_have_forms_of_their_own(people: City) -> None:
    people.run(AddOrganisation(kind="office", answers={"name": "永康市税务局", "town": "东城街道"}), by="admin")
    people.run(AddOrganisation(kind="town", answers={"name": "新城街道"}), by="admin")

    assert add_enterprise(people, town="新城街道")
    with pytest.raises(OrganisationKindUnknown):
        people.run(AddOrganisation(kind="kingdom", answers={}), by="admin")


def test_only_the_system_administrator_does_it(people: City) -> None:
    for other in ("security", "auditor", "union", "hr", "designer"):
        with pytest.raises(NotInGroup):
            people.run(AddOrganisation(kind="enterprise", answers=LIGHT), by=other)

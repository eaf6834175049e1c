import pytest

from engine.commands.edit_organisation import EditOrganisation, OrganisationChanged
from engine.definitions.form import AnswersRejected
from engine.model import Organisation
from engine.organisations import OrganisationNotFound
from engine.permissions import NotInGroup
from engine.queries.administration import acts_about
from tests.city import City
from tests.registry import LIGHT, add_enterprise, administration, organisation_id


def edit(city: City, made: str, *, seen: int = 1, by: str = "admin", **changes: object) -> int:
    return city.run(EditOrganisation(organisation_id=made, answers={**LIGHT, **changes}, seen=seen), by=by)


def test_what_changed_stands_in_its_history(people: City) -> None:
    made = add_enterprise(people)

    assert edit(people, made, name="永康市明灯照明有限公司", staff_total=25) == 2

    with people.engine.reading() as session:
        acts = acts_about(session, people.actor("security"), f"organisation:{made}")
    assert [act.action for act in acts.items] == ["organisation_edited", "organisation_added"]
    assert acts.items[0].details["changes"] == {
        "name": {"from": LIGHT["name"], "to": "永康市明灯照明有限公司"},
        "staff_total": {"from": 20, "to": 25},
    }


def test_the_same_again_is_no_act(people: City) -> None:
    made = add_enterprise(people)

    assert edit(people, made) == 1
    assert [entry.action for entry in administration(people)] == ["organisation_added"]


def test_the_second_of_two_at_once_is_told(people: City) -> None:
    made = add_enterprise(people)
    edit(people, made, staff_total=25)

    with pytest.raises(OrganisationChanged):
        edit(people, made, staff_total=30)

    assert people.rows(Organisation, Organisation.id == made)[0].profile["staff_total"] == 25


def test_a_town_keeps_its_name_because_cases_are_filed_under_it(people: City) -> None:
    town = organisation_id(people, "古山镇")

    with pytest.raises(AnswersRejected) as refusal:
        people.run(EditOrganisation(organisation_id=town, answers={"name": "新古山镇"}, seen=1), by="admin")

    assert [(p.path, p.code) for p in refusal.value.problems] == [("name", "town_name_fixed")]


def test_an_unknown_one_is_not_found_and_others_may_not(people: City) -> None:
    with pytest.raises(OrganisationNotFound):
        edit(people, "nowhere")
    with pytest.raises(NotInGroup):
        edit(people, add_enterprise(people), by="security")

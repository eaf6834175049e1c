"""What stays private when somebody stands in: a side's own notes, votes, and what belongs to a login."""

from engine.commands.add_note import AddNote
from engine.commands.follow import Follow
from engine.commands.save_view import SaveView
from engine.queries.case_file import case_file
from engine.queries.desk import desk
from engine.queries.notes import notes
from tests.city import STAR, City
from tests.engine.absences import checked, listed
from tests.engine.conftest import Visits
from tests.registry import add_person, grant
from tests.stand_ins import as_now, name_stand_in


def noted(city: City, username: str, case_id: str) -> list[str]:
    with city.engine.reading() as session:
        page = notes(session, as_now(city, username), case_id, catalogue=city.engine.catalogue)
        return [row.text for row in page.items]


def test_the_notes_of_a_side_are_not_passed_on(visits: Visits) -> None:
    city = visits.city
    case_id = visits.start()
    grant(city, add_person(city), "enterprise_union_officer", organisation=STAR)  # too late to be a party of the case
    city.run(AddNote(case_id=case_id, text="我方底线", circle="worker"), by="chair")
    city.run(AddNote(case_id=case_id, text="大家都能看", circle="everybody"), by="chair")

    name_stand_in(city, "chair", "zhu")

    assert noted(city, "zhu", case_id) == ["大家都能看"]
    assert "我方底线" in noted(city, "chair", case_id)


def test_the_notes_of_an_office_are_read_by_who_stands_in_for_it(visits: Visits) -> None:
    city, (case_id, _) = visits.city, checked(visits)
    city.run(AddNote(case_id=case_id, text="拟同意", circle="office"), by="town_union")

    name_stand_in(city, "town_union", "town_union2")

    assert noted(city, "town_union2", case_id) == ["拟同意"]


def test_follows_and_shared_views_stay_where_they_are(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    city.run(Follow(task_id=task.id), by="town_union")
    city.run(SaveView(name="本镇", asked={"view": "group"}, audience="town_union@古山镇"), by="town_union")

    name_stand_in(city, "town_union", "town_union2")

    assert listed(city, "town_union2", view="followed") == []
    with city.engine.reading() as session:
        assert desk(session, as_now(city, "town_union2")).views == ()


def test_the_powers_of_those_in_charge_stay_where_they_are(visits: Visits) -> None:
    city, (case_id, _) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")

    with city.engine.reading() as session:
        actor, now = as_now(city, "town_union2"), city.engine.now()
        file = case_file(session, actor, case_id, catalogue=city.engine.catalogue, now=now)

    assert file.actions["cancel"] == file.actions["suspend"] == "not_in_charge"

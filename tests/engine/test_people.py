"""How people are named where a form lets choose one."""

from engine.model import Person
from engine.people import people_options
from tests.engine.conftest import Visits


def _labels(visits: Visits, case_id: str) -> dict[str, str]:
    case = visits.case(case_id)
    with visits.city.engine.reading() as session:
        options = people_options(session, case, enterprise_id=case.enterprise_id)
    return {option["value"]: option["label"] for option in options}


def test_a_person_is_shown_by_name(visits: Visits) -> None:
    assert _labels(visits, visits.start())["hr"] == visits.city.actor("hr").name


def test_only_people_of_the_same_name_are_told_apart_by_username(visits: Visits) -> None:
    with visits.city.session() as session, session.begin():
        for person in session.query(Person).filter(Person.username.in_(["rep1", "rep2"])):
            person.name = "王建国"

    labels = _labels(visits, visits.start())

    assert (labels["rep1"], labels["rep2"]) == ("王建国（rep1）", "王建国（rep2）")

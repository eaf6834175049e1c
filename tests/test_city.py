from engine.actor import SYSTEM
from engine.queries.case_file import case_file
from tests.city import HILL, STAR, City
from tests.factories import a_case, completed


def test_people_belong_to_their_enterprise(people: City) -> None:
    boss, other = people.actor("boss"), people.actor("boss2")

    assert {m.organisation_id for m in boss.memberships} & {m.organisation_id for m in other.memberships} == set()
    assert STAR != HILL


def test_a_case_runs_from_start_to_end_by_commands(people: City) -> None:
    case_id = a_case(people)

    completed(people, case_id, element="review_suggestion", by="hr", verdict="accepted")
    completed(people, case_id, element="carry_out_suggestion", by="boss", result="已完成")

    with people.engine.reading() as session:
        file = case_file(session, SYSTEM, case_id, catalogue=people.engine.catalogue, now=people.engine.now())
    assert file.case.status == "completed"
    assert people.tasks(case_id) == []


def test_the_processes_of_the_repository_are_deployed(city: City) -> None:
    with city.engine.reading() as session:
        deployment, _ = city.engine.catalogue.latest(session, "wage_consultation")

    assert deployment.version == 1

import pytest

from engine.commands.start_case import EnterpriseNotYours, EnterpriseUnknown, StartCase
from engine.definitions.form import AnswersRejected
from engine.model import Answer, Case, NumberSeries, Party, Person
from engine.permissions import NotInGroup
from engine.services import ServiceRefused
from tests.city import HILL, STAR
from tests.engine.conftest import Visits


def test_a_case_gets_number_enterprise_stage_parties_and_its_first_task(visits: Visits) -> None:
    case = visits.case(visits.start())

    assert case.number == "走访-2026-00001"
    assert case.title == f"{STAR} · 走访"
    assert case.stage == "visiting"
    assert set(case.parties) == {"planner", "worker_chief"}
    assert visits.open_elements(case.id) == ["plan_visit"]


def test_numbers_of_a_year_follow_each_other(visits: Visits) -> None:
    first, second = visits.case(visits.start()), visits.case(visits.start())

    assert (first.number[-1], second.number[-1]) == ("1", "2")
    assert visits.city.rows(NumberSeries)[0].last == 2


def test_the_answers_of_the_start_form_are_kept_and_become_variables(visits: Visits) -> None:
    case_id = visits.start()

    (answer,) = visits.city.rows(Answer, Answer.case_id == case_id)
    assert answer.answers == {"purpose": "看车间"}
    assert answer.task_id is None


def test_wrong_answers_open_no_case(visits: Visits) -> None:
    with pytest.raises(AnswersRejected) as refused:
        visits.city.run(StartCase(process="site_visit", answers={"purpose": "", "more": 1}), by="hr")

    assert {p.path for p in refused.value.problems} == {"purpose", "more"}
    assert visits.city.rows(Case) == []


def test_only_starters_start(visits: Visits) -> None:
    with pytest.raises(NotInGroup):
        visits.start(by="rep1")


def test_nobody_starts_a_case_of_another_enterprise(visits: Visits) -> None:
    with pytest.raises(EnterpriseNotYours):
        visits.city.run(StartCase(process="site_visit", answers={"purpose": "x"}, enterprise=HILL), by="hr")


def test_an_enterprise_that_does_not_exist_is_named_as_the_problem(visits: Visits) -> None:
    with pytest.raises(EnterpriseUnknown) as refused:
        visits.city.run(StartCase(process="site_visit", answers={"purpose": "x"}, enterprise="无此企业"), by="hr")

    assert refused.value.problems[0].path == "enterprise"


def test_named_parties_take_the_place_of_the_usual_ones(visits: Visits) -> None:
    command = StartCase(process="site_visit", answers={"purpose": "x"}, parties={"planner": ("boss",)})
    case_id = visits.city.run(command, by="hr")

    (party,) = visits.city.rows(Party, Party.case_id == case_id, Party.role == "planner")
    assert visits.city.rows(Person, Person.id == party.person_id)[0].username == "boss"


def test_a_party_nobody_knows_opens_no_case(visits: Visits) -> None:
    command = StartCase(process="site_visit", answers={"purpose": "x"}, parties={"planner": ("nobody",)})

    with pytest.raises(ServiceRefused):
        visits.city.run(command, by="hr")

    assert visits.city.rows(Case) == []

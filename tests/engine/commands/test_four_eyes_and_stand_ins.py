"""Whoever stands in for whomever: nobody is ever on both sides of a four-eyes pair."""

from contextlib import suppress
from random import Random

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.end_stand_in import EndStandIn
from engine.commands.release_task import ReleaseTask
from engine.errors import EngineError
from engine.model import Answer, StandIn
from engine.model.task_refusals import FourEyes
from tests.city import City
from tests.engine.absences import add_hr
from tests.engine.conftest import Visits
from tests.registry import id_of
from tests.stand_ins import as_now, name_stand_in, run_now

PEOPLE = ("hr", "zhu", "qian", "sun")
PLAN = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}
STEPS = 40


def somebody_acts(city: City, case_id: str, chance: Random) -> None:
    """What a person might try: many of these are refused."""
    who, other = chance.choice(PEOPLE), chance.choice(PEOPLE)
    act = chance.choices([do_the_task, name_one, end_one], weights=[12, 4, 1])[0]
    with suppress(EngineError):
        act(city, case_id, chance, who, other)


def do_the_task(city: City, case_id: str, chance: Random, who: str, other: str) -> None:
    """In one's own name or another's; now and then it is put back, or left lying."""
    (task,) = city.tasks(case_id)
    answers = PLAN if task.element_id == "plan_visit" else {"approved": False}
    if task.state == "open" or chance.random() < 0.3:
        away = [one.username for one in as_now(city, who).absent]
        run_now(city, ClaimTask(task_id=task.id, on_behalf_of=chance.choice([None, other, *away, *away])), by=who)
    if chance.random() < 0.1:
        run_now(city, ReleaseTask(task_id=task.id), by=who)
    for holder in PEOPLE if chance.random() < 0.9 else ():
        with suppress(EngineError):
            run_now(city, CompleteTask(task_id=task.id, answers=answers), by=holder)


def name_one(city: City, case_id: str, chance: Random, who: str, other: str) -> None:
    name_stand_in(city, who, other)


def end_one(city: City, case_id: str, chance: Random, who: str, other: str) -> None:
    lasting = sorted(city.rows(StandIn, StandIn.ended_at.is_(None)), key=lambda one: one.named_at)
    one = chance.choice(lasting) if lasting else None
    if one is not None:
        city.run(EndStandIn(stand_in_id=one.id, reason="不再需要"), by="security")


def rounds(city: City, case_id: str) -> list[tuple[str, set[str]]]:
    """Who took part in each step that was handed in, for whomever, in their order."""
    answers = sorted(city.rows(Answer, Answer.case_id == case_id), key=lambda answer: answer.submitted_at)
    steps = [answer for answer in answers if answer.element_id in ("plan_visit", "check_plan")]
    return [(one.element_id, {one.submitted_by, one.on_behalf_of_id or one.submitted_by}) for one in steps]


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_on_both_sides_of_a_pair(visits: Visits, seed: int) -> None:
    city, chance = visits.city, Random(seed)
    for username in PEOPLE[1:]:
        add_hr(city, username)
    case_id = visits.start()
    name_stand_in(city, "hr", "zhu")

    for _ in range(STEPS):
        somebody_acts(city, case_id, chance)
        city.clock.advance(seconds=1)

    done = rounds(city, case_id)
    assert len([element for element, _ in done if element == "check_plan"]) >= 2
    assert any(len(people) == 2 for _, people in done)
    made: set[str] = set()
    for element, people in done:
        assert element == "plan_visit" or not people & made
        made = people if element == "plan_visit" else made


@pytest.mark.parametrize("for_whom", ["hr", "zhu", "qian"])
@pytest.mark.parametrize("who", ["hr", "zhu", "qian"])
def test_every_pair_of_maker_and_checker(visits: Visits, who: str, for_whom: str) -> None:
    """`zhu` made the plan for `hr`. `qian` stands in for both, `hr` and `zhu` for `qian`."""
    city = visits.city
    for username in PEOPLE[1:]:
        add_hr(city, username)
    case_id = visits.start()
    name_stand_in(city, "hr", "zhu")
    task = city.task_at(case_id, "plan_visit")
    run_now(city, ClaimTask(task_id=task.id, on_behalf_of="hr"), by="zhu")
    run_now(city, CompleteTask(task_id=task.id, answers=PLAN), by="zhu")
    for one in city.rows(StandIn):
        city.run(EndStandIn(stand_in_id=one.id, reason="已返岗"), by="security")
    if for_whom != who:
        name_stand_in(city, for_whom, who)
    check = city.task_at(case_id, "check_plan")
    claim = ClaimTask(task_id=check.id, on_behalf_of=for_whom)

    if {who, for_whom} & {"hr", "zhu"}:
        with pytest.raises(FourEyes):
            run_now(city, claim, by=who)
    else:
        run_now(city, claim, by=who)
        assert city.task_at(case_id, "check_plan").assignee_id == id_of(city, who)

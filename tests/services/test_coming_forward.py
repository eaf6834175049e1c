"""Experts come forward for a request for which others are asked; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from engine.commands.claim_task import ClaimTask
from engine.commands.come_forward import ComeForward, NotFit, NotSought
from engine.commands.deliver_message import DeliverMessage
from engine.errors import EngineError
from engine.model import Case, Expert, UserTask
from tests.city import STAR
from tests.dispatches import Dispatch, belongs_to
from tests.experts import outcomes


def _task(dispatch: Dispatch, case_id: str) -> str:
    return str(dispatch.city.task_at(case_id, "answer").id)


def _widen(dispatch: Dispatch, case_id: str) -> str:
    """The second round, in which lawyer3 is asked; gives the id of the task for which somebody is sought."""
    number = dispatch.city.rows(Case, Case.id == case_id)[0].number
    message = DeliverMessage(name="more_people", key=number, message_id=f"m-{case_id}", payload={})
    dispatch.city.run(message, by="system")
    return _task(dispatch, case_id)


def _come(dispatch: Dispatch, task_id: str, by: str) -> None:
    dispatch.city.run(ComeForward(task_id=task_id), by=by)


def _change(dispatch: Dispatch, username: str, **facts: Any) -> None:
    with dispatch.city.session() as session, session.begin():
        line = session.get_one(Expert, dispatch.city.actor(username).person_id)
        for name, value in facts.items():
            setattr(line, name, value)


def test_in_the_first_round_those_who_were_asked_have_their_turn(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    with pytest.raises(NotSought):
        _come(three, _task(three, case_id), "lawyer3")
    assert "lawyer3" not in outcomes(three.city, case_id)


def test_in_the_second_round_somebody_else_takes_it_and_the_record_says_how(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    task_id = _widen(three, case_id)

    _come(three, task_id, "lawyer2")

    (task,) = three.city.rows(UserTask, UserTask.id == task_id)
    assert task.assignee_id == three.city.actor("lawyer2").person_id
    assert three.history(case_id, "expert_came_forward") == [{"profession": "lawyer", "round": 2}]
    three.take(case_id, "lawyer2")
    assert outcomes(three.city, case_id) == {"lawyer1": "lapsed", "lawyer2": "accepted", "lawyer3": "superseded"}
    assert three.history(case_id, "expert_accepted")[0]["rank"] is None


def test_who_sees_it_only_by_coming_forward_sees_their_own_part_of_the_case(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    task_id = _widen(three, case_id)
    _come(three, task_id, "lawyer1")
    (case,) = three.city.rows(Case, Case.id == case_id)
    assert f"person:{three.city.actor('lawyer1').person_id}" in case.guests


@pytest.mark.parametrize("who", ["tax1", "boss2"])
def test_who_is_no_expert_of_the_profession_finds_nothing(three: Dispatch, who: str) -> None:
    task_id = _widen(three, three.start())
    with pytest.raises(NotSought):
        _come(three, task_id, who)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "suspended"}, "expert_suspended"),
        ({"employer": STAR}, "employer_is_enterprise"),
        ({"employer": "义乌市某贸易公司"}, "employer_is_counterparty"),
    ],
)
def test_what_keeps_somebody_off_a_shortlist_keeps_them_out_here(
    three: Dispatch, facts: dict[str, Any], code: str
) -> None:
    case_id = three.start(other="义乌市某贸易公司")
    belongs_to(three.city, case_id, STAR)
    task_id = _widen(three, case_id)
    _change(three, "lawyer2", **facts)
    with pytest.raises(NotFit) as refusal:
        _come(three, task_id, "lawyer2")
    assert refusal.value.details["reasons"] == [code]
    assert outcomes(three.city, case_id)["lawyer2"] == "lapsed"


def test_of_several_at_once_one_gets_it(three: Dispatch) -> None:
    case_id = three.start(field="劳动争议")
    task_id = _widen(three, case_id)
    ways = {"lawyer1": ComeForward, "lawyer2": ComeForward, "lawyer3": ClaimTask}

    def act(name: str) -> str | None:
        try:
            three.city.run(ways[name](task_id=task_id), by=name)
        except EngineError as lost:
            return lost.code
        return None

    for name in ways:
        three.city.actor(name)
    with ThreadPoolExecutor(12) as pool:
        results = list(zip(list(ways) * 4, pool.map(act, list(ways) * 4), strict=True))

    winners = {name for name, code in results if code is None}
    assert len(winners) == 1
    lost = {code for name, code in results if name not in winners}
    assert lost == {"task_already_claimed"}


def test_to_judge_one_expert_no_other_is_read(three: Dispatch) -> None:
    task_id = _widen(three, three.start(field="劳动争议"))
    read: list[str] = []

    def note(expert: Expert, _context: object) -> None:
        read.append(expert.person_id)

    event.listen(Expert, "load", note)
    try:
        _come(three, task_id, "lawyer2")
    finally:
        event.remove(Expert, "load", note)

    assert set(read) == {three.city.actor("lawyer2").person_id}

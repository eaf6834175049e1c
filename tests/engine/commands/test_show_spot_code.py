"""Who shows a code for a task of the enterprise; on both databases."""

import pytest

from engine.commands.issue_invitations import CodesGivenBefore
from engine.commands.show_spot_code import NotForTheSpot, ShowSpotCode
from engine.model import SpotCode
from tests.engine.commands.test_confirm_on_the_spot import asked, case_id, show, task_of
from tests.requests_for_experts import Requests, requests_city

__all__ = ["asked", "case_id", "requests_city"]


@pytest.mark.parametrize("username", ["boss2", "hr2", "federation", "liaison"])
def test_only_the_expert_who_was_there_shows_a_code(asked: Requests, case_id: str, username: str) -> None:
    with pytest.raises(NotForTheSpot):
        show(asked, case_id, by=username)


def test_for_another_step_there_is_no_code(asked: Requests) -> None:
    case_id = asked.play("single_satisfied", until="first_contact")
    with pytest.raises(NotForTheSpot):
        asked.city.run(ShowSpotCode(task_id=task_of(asked, case_id, "first_contact").id), by="lawyer1")


def test_a_code_is_told_once_even_to_who_asks_again_with_the_same_key(asked: Requests, case_id: str) -> None:
    order, actor = ShowSpotCode(task_id=task_of(asked, case_id).id), asked.city.actor("lawyer1")
    engine = asked.city.engine
    engine.run(order, actor=actor, idempotency_key="k", fingerprint="f")
    with pytest.raises(CodesGivenBefore):
        engine.run(order, actor=actor, idempotency_key="k", fingerprint="f")
    assert len(asked.city.rows(SpotCode)) == 1

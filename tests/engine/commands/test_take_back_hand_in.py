import pytest

from engine.commands.take_back_hand_in import TakeBackHandIn
from engine.model.cosignature import TaskNotHandedIn
from engine.model.task_refusals import NotTheAssignee
from tests.engine.conftest import Visits
from tests.engine.signing import PLAN, Signing
from tests.faults.invariants import broken_invariants


def test_it_comes_back_to_be_changed_and_all_are_asked_again(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", "union", mode="after")
    signing.hand_in()
    signing.sign("town_union")

    visits.city.run(TakeBackHandIn(task_id=signing.task.id, reason="数字写错了"), by="hr")

    assert (signing.now().handed_in_at, signing.now().draft) == (None, PLAN)
    assert signing.states() == {"town_union": ["signed", "planned"], "union": ["closed", "planned"]}
    assert "cosign_ended" in signing.notices("union")
    signing.hand_in(plan="更正")
    signing.sign("union")
    signing.sign("town_union")
    assert visits.open_elements(signing.case_id) == ["check_plan"]
    assert broken_invariants(visits.city.engine) == []


def test_only_by_who_handed_it_in_and_only_while_it_is_signed(visits: Visits) -> None:
    signing = Signing.begin(visits)
    command = TakeBackHandIn(task_id=signing.task.id)
    with pytest.raises(TaskNotHandedIn):
        visits.city.run(command, by="hr")
    signing.ask("union", mode="after")
    signing.hand_in()
    with pytest.raises(NotTheAssignee):
        visits.city.run(command, by="town_union")

import pytest

from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.return_task import PlanChanged
from engine.model import HistoryEntry
from engine.model.case import ReasonMissing
from engine.model.cosignature import SignatureGiven, SignerUnknown
from engine.model.task_refusals import NotTheAssignee, TaskNotOpen
from engine.work import TaskNotFound
from tests.engine.conftest import Visits
from tests.engine.signing import Signing
from tests.faults.invariants import broken_invariants


def foreseen(signing: Signing, signer: str) -> str:
    command = RemoveCosigner(task_id=signing.task.id, signer=signer, reason="")
    plan = signing.visits.city.engine.foresee(command, actor=signing.visits.city.actor("hr"))
    outcome: str = plan.outcome
    return outcome


def test_who_is_taken_off_is_told_and_not_waited_for(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", "union", mode="before")
    assert foreseen(signing, "union") == "waits"

    signing.remove("union", reason="不分管了")

    assert foreseen(signing, "town_union") == "free"
    assert signing.states() == {"town_union": ["asked"], "union": ["removed"]}
    assert signing.notices("union") == ["cosign_ended"]
    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "cosigner_removed")
    assert (entry.actor, entry.details) == ("hr", {"signer": "union", "mode": "before"})
    signing.remove("town_union", by="union", reason="分管领导决定")  # in charge of the case
    signing.hand_in()
    assert broken_invariants(visits.city.engine) == []


def test_without_the_last_one_what_was_handed_in_is_complete(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", "union", mode="after")
    assert foreseen(signing, "union") == "goes_on"
    signing.hand_in()
    signing.sign("town_union")
    assert foreseen(signing, "union") == "completes"

    signing.remove("union")

    assert visits.open_elements(signing.case_id) == ["check_plan"]
    assert signing.states() == {"town_union": ["signed"], "union": ["removed"]}
    assert broken_invariants(visits.city.engine) == []


def test_before_it_is_handed_in_who_was_to_sign_afterwards_never_hears_of_it(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("union", mode="after")
    signing.remove("union")

    assert signing.notices("union") == []
    assert not signing.hand_in().is_signed_first


def test_who_has_signed_stays_on_record(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("union", "town_union")
    signing.sign("union", "disagree", "不行")

    with pytest.raises(SignatureGiven):
        signing.remove("union")
    assert signing.states() == {"union": ["signed"], "town_union": ["asked"]}


def test_what_is_refused_changes_nothing(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("union")

    with pytest.raises(ReasonMissing):
        signing.remove("union", reason=" ")
    with pytest.raises(SignerUnknown):
        signing.remove("town_union")
    with pytest.raises(PlanChanged):
        signing.remove("union", plan="0" * 16)
    with pytest.raises(TaskNotFound):
        signing.remove("union", by="boss2")
    assert signing.states() == {"union": ["asked"]}
    signing.sign("union")
    signing.hand_in()
    with pytest.raises(TaskNotOpen):
        signing.remove("union")


def test_a_party_takes_off_nobody_whom_somebody_else_asked(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    check = Signing(visits, case_id, visits.take(case_id, "check_plan", "town_union"))
    check.ask("union", by="town_union")

    with pytest.raises(NotTheAssignee):
        check.remove("union", by="hr")

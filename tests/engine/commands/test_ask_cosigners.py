import pytest

from engine.commands.ask_cosigners import AskCosigners, CosignersRefused
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.release_task import ReleaseTask
from engine.commands.return_task import PlanChanged
from engine.commands.save_draft import SaveDraft
from engine.model import HistoryEntry
from engine.model.cosignature import IsCosignature, SignaturesAwaited, TaskHandedIn
from engine.model.task_refusals import FourEyes, NotTheAssignee
from engine.work import TaskNotFound
from tests.engine.conftest import Visits
from tests.engine.signing import PLAN, Signing
from tests.faults.invariants import broken_invariants


def refused(signing: Signing, *to: str, **more: str) -> list[str]:
    with pytest.raises(CosignersRefused) as found:
        signing.ask(*to, **more)
    return [problem.code for problem in found.value.problems]


def test_who_is_asked_beforehand_comes_before_a_word_is_written(visits: Visits) -> None:
    signing = Signing.begin(visits)
    assert signing.ask("town_union", "union", mode="before", question="可行吗") == 2

    with pytest.raises(SignaturesAwaited):
        visits.city.run(SaveDraft(task_id=signing.task.id, answers={"plan": "上午"}), by="hr")
    with pytest.raises(SignaturesAwaited) as awaited:
        signing.hand_in()
    assert awaited.value.details["people"] == ["吕秋菊", "胡志明"]
    assert signing.notices("town_union") == ["cosign_asked"]

    signing.sign("town_union", "disagree", "人手不够")  # an opinion: whoever has the task decides
    with pytest.raises(SignaturesAwaited):
        signing.hand_in()
    signing.sign("union")
    signing.hand_in()
    assert visits.open_elements(signing.case_id) == ["check_plan"]
    assert signing.notices("hr") == ["cosign_answered", "cosign_answered"]
    assert broken_invariants(visits.city.engine) == []


def test_who_is_asked_beside_leaves_the_holder_writing(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")

    visits.city.run(SaveDraft(task_id=signing.task.id, answers={"plan": "上午"}), by="hr")
    with pytest.raises(SignaturesAwaited):
        signing.hand_in()
    signing.sign("town_union")
    signing.hand_in()

    assert visits.open_elements(signing.case_id) == ["check_plan"]


def test_who_is_asked_afterwards_gets_what_was_handed_in(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", "union", mode="after")
    assert [t.element_id for t in visits.city.tasks(signing.case_id)] == ["plan_visit"]
    assert signing.notices("union") == []

    assert signing.hand_in().is_signed_first

    assert signing.now().draft == PLAN
    assert signing.states() == {"town_union": ["asked"], "union": ["asked"]}
    for command in (
        SaveDraft(task_id=signing.task.id, answers={}),
        CompleteTask(task_id=signing.task.id, answers=PLAN),
        ReleaseTask(task_id=signing.task.id),
        DelegateTask(task_id=signing.task.id, assignee="hr", reason="出差"),
    ):
        with pytest.raises(TaskHandedIn):
            visits.city.run(command, by="hr")
    signing.sign("union")
    assert visits.open_elements(signing.case_id) == ["plan_visit"] * 2
    signing.sign("town_union")

    assert visits.open_elements(signing.case_id) == ["check_plan"]
    done = signing.now()
    assert (done.state, done.completed_by_id) == ("completed", visits.city.actor("hr").person_id)
    assert visits.case(signing.case_id).status == "running"
    assert broken_invariants(visits.city.engine) == []


def test_only_who_has_it_asks_and_those_it_makes_sense_to_ask(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")

    assert refused(signing) == ["required"]
    assert refused(signing, "hr", "town_union", "nobody", "chair") == [
        "signs_own_task", "asked_already", "unknown_person", "outside_circle",
    ]  # fmt: skip
    assert refused(signing, "union", mode="sideways") == ["not_an_option"]
    assert refused(signing, "union", question="x" * 501) == ["too_long"]
    with pytest.raises(NotTheAssignee):
        signing.ask("union", by="town_union")
    with pytest.raises(TaskNotFound):
        signing.ask("union", by="boss2")
    asked = signing.asked("town_union")
    with pytest.raises(IsCosignature):
        visits.city.run(AskCosigners(task_id=asked.id, to=("union",)), by="town_union")
    assert signing.states() == {"town_union": ["asked"]}


def test_the_offices_ask_colleagues_and_no_side(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    check = Signing(visits, case_id, visits.take(case_id, "check_plan", "town_union"))

    with pytest.raises(CosignersRefused) as found:
        check.ask("hr", "boss", "hrss", by="town_union")
    assert [p.code for p in found.value.problems] == ["outside_circle"] * 3
    check.ask("union", by="town_union")

    check.sign("union")


def test_a_signer_is_no_other_pair_of_eyes(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")
    signing.sign("town_union")
    signing.hand_in()

    check = visits.city.task_at(signing.case_id, "check_plan")
    with pytest.raises(FourEyes):
        visits.city.run(ClaimTask(task_id=check.id), by="town_union")


def test_what_is_asked_is_told_beforehand_and_binds(visits: Visits) -> None:
    signing = Signing.begin(visits)
    command = AskCosigners(task_id=signing.task.id, to=("town_union",), mode="after")
    plan = visits.city.engine.foresee(command, actor=visits.city.actor("hr"))

    assert (plan.outcome, plan.told, plan.shows_draft) == ("waits_after_hand_in", {}, False)
    assert [clock.name for clock in plan.clocks] != []
    assert signing.states() == {}
    signing.ask("union")
    with pytest.raises(PlanChanged):
        signing.ask("town_union", mode="after", plan=plan.fingerprint)


def test_the_history_tells_who_was_asked_and_not_what(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", question="内部问题")
    signing.sign("town_union", "disagree", "内部意见")

    entries = visits.city.rows(HistoryEntry, HistoryEntry.stream == signing.case_id)
    told = {e.action: e.details for e in entries}
    assert told["cosigners_asked"] == {"people": ["town_union"], "mode": "parallel"}
    assert set(told["task_signed"]) == {"mode", "opinion_sha256"}
    assert "内部" not in str([(e.reason, e.details) for e in entries])

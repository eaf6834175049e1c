from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.cancel_case import CancelCase
from engine.commands.complete_task import CompleteTask
from engine.commands.fire_clock import FireClock
from engine.commands.recall_task import RecallTask
from engine.commands.record_leaving import RecordLeaving
from engine.commands.release_task import ReleaseTask
from engine.commands.return_task import ReturnTask
from engine.commands.sign_task import SignTask
from engine.commands.suspend_case import SuspendCase
from engine.commands.upload_document import UploadDocument
from engine.errors import EngineError
from engine.model import Cosignature, Document, HistoryEntry, UserTask
from engine.model.case import CaseNotRunning
from engine.model.cosignature import IsCosignature, NotACosignature, OpinionUnfit
from engine.model.task_refusals import NotTheAssignee, TaskNotOpen
from tests.engine.conftest import Visits
from tests.engine.signing import PLAN, Signing
from tests.faults.invariants import broken_invariants

PDF = b"%PDF-1.7\n%%EOF\n"


def handed_in(visits: Visits, *to: str) -> Signing:
    signing = Signing.begin(visits)
    signing.ask(*to, mode="after")
    signing.hand_in()
    return signing


def test_who_disagrees_sends_it_back_and_all_are_asked_again(visits: Visits) -> None:
    signing = handed_in(visits, "town_union", "union")
    signing.sign("union")

    signing.sign("town_union", "disagree", "日期不行")

    task = signing.now()
    assert (task.state, task.handed_in_at, task.draft) == ("claimed", None, PLAN)
    assert signing.states() == {"union": ["signed", "planned"], "town_union": ["signed", "planned"]}
    assert all(t.superseded_at for t in visits.city.rows(UserTask, UserTask.principal_id == task.id))
    assert signing.notices("hr") == ["cosign_answered", "cosign_brought_back"]

    signing.hand_in(plan="改到下午")
    signing.sign("town_union")
    signing.sign("union")
    assert visits.open_elements(signing.case_id) == ["check_plan"]
    assert broken_invariants(visits.city.engine) == []


def test_an_opinion_says_what_it_thinks_and_why(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")
    for verdict, opinion, codes in [
        ("maybe", "", ["not_an_option"]), ("disagree", " ", ["required"]), ("agree", "x" * 2001, ["too_long"]),
    ]:  # fmt: skip
        with pytest.raises(OpinionUnfit) as found:
            signing.sign("town_union", verdict, opinion)
        assert [p.code for p in found.value.problems] == codes
    with pytest.raises(NotACosignature):
        visits.city.run(SignTask(task_id=signing.task.id, verdict="agree"), by="hr")
    with pytest.raises(NotTheAssignee):
        visits.city.run(SignTask(task_id=signing.asked("town_union").id, verdict="agree"), by="hr")
    asked = signing.asked("town_union")
    signing.sign("town_union", "agree", "可以")
    with pytest.raises(TaskNotOpen):
        visits.city.run(SignTask(task_id=asked.id, verdict="disagree", opinion="又不行"), by="town_union")
    (row,) = visits.city.rows(Cosignature)
    assert (row.verdict, row.opinion) == ("agree", "可以")


def test_nothing_else_can_be_done_with_what_is_to_sign(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")
    id_ = signing.asked("town_union").id

    for command in (
        CompleteTask(task_id=id_, answers={}), ReleaseTask(task_id=id_), RecallTask(task_id=id_),
        ReturnTask(task_id=id_, reason="不对"), AssignTask(task_id=id_, assignee="town_union", reason="指派"),
    ):  # fmt: skip
        with pytest.raises(IsCosignature):
            visits.city.run(command, by="town_union")


def test_files_go_with_the_opinion(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union")
    file = UploadDocument(
        task_id=signing.asked("town_union").id, field_key="opinion", filename="意见.pdf", media_type="", content=PDF
    )
    visits.city.run(file, by="town_union")

    signing.sign("town_union")

    (document,) = visits.city.rows(Document)
    assert (document.status, document.circle) == ("filed", "everybody")


def test_what_no_longer_fits_goes_back_to_who_handed_it_in(visits: Visits) -> None:
    signing = handed_in(visits, "town_union")
    with visits.city.session() as session, session.begin():  # what was acceptable then, and is no more
        session.get_one(UserTask, signing.task.id).draft = {"plan": "上午"}

    signing.sign("town_union")

    assert signing.now().handed_in_at is None
    assert signing.states() == {"town_union": ["signed", "planned"]}
    assert visits.actions(signing.case_id)[-1] == "task_brought_back"
    assert broken_invariants(visits.city.engine) == []


def test_a_deadline_that_ends_the_step_ends_what_is_to_sign(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    check = Signing(visits, case_id, visits.take(case_id, "check_plan", "town_union"))
    check.ask("union", mode="before", by="town_union")
    visits.city.clock.advance(days=40)

    visits.city.run(FireClock(clock_id=visits.clock(case_id, "check_lapsed").id), by="system")

    assert check.states() == {"union": ["closed"]}
    assert check.notices("union") == ["cosign_ended"]
    assert visits.case(case_id).status == "completed"
    assert broken_invariants(visits.city.engine) == []


def test_when_the_case_is_sent_back_signatures_are_kept_and_do_not_count(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("union")
    signing.sign("union")
    signing.hand_in()
    check = visits.take(signing.case_id, "check_plan", "town_union")

    plan = visits.city.engine.foresee(ReturnTask(task_id=check.id, reason=""), actor=visits.city.actor("town_union"))[1]
    assert [(row.task_id == signing.task.id, row.person) for row in plan.superseded][1:] == [(False, "胡志明")]
    visits.city.run(ReturnTask(task_id=check.id, reason="不对"), by="town_union")

    (signed,) = visits.city.rows(UserTask, UserTask.principal_id == signing.task.id)
    assert signed.superseded_at is not None
    again = visits.city.task_at(signing.case_id, "plan_visit")
    assert (again.signatures_awaited, again.assignee_id) == ({}, visits.city.actor("hr").person_id)
    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "task_returned")
    (said,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "task_signed")
    assert any(first <= said.seq <= last for first, last in entry.details["took_back"])
    assert broken_invariants(visits.city.engine) == []


def test_what_was_handed_in_and_signed_can_be_recalled(visits: Visits) -> None:
    signing = handed_in(visits, "union")
    signing.sign("union")

    visits.city.run(RecallTask(task_id=signing.task.id), by="hr")

    assert visits.open_elements(signing.case_id) == ["plan_visit"]
    assert broken_invariants(visits.city.engine) == []


def test_a_case_that_stands_still_takes_no_signature_and_one_that_ends_wants_none(visits: Visits) -> None:
    signing = handed_in(visits, "union")
    visits.city.run(SuspendCase(case_id=signing.case_id, reason="查账"), by="town_union")
    with pytest.raises(CaseNotRunning):
        signing.sign("union")

    visits.city.run(CancelCase(case_id=signing.case_id, reason="不办了"), by="town_union")

    assert signing.states() == {"union": ["closed"]}
    assert signing.notices("union") == ["cosign_ended"]
    assert broken_invariants(visits.city.engine) == []


def test_who_leaves_is_not_waited_for_and_who_asked_hears_of_it(visits: Visits) -> None:
    signing = Signing.begin(visits)
    signing.ask("town_union", "union", mode="before")

    leave(visits, "town_union")

    assert signing.states() == {"town_union": ["closed"], "union": ["asked"]}
    assert signing.notices("hr") == ["cosigner_left"]


def test_nothing_is_complete_because_somebody_left(visits: Visits) -> None:
    signing = handed_in(visits, "town_union")

    leave(visits, "town_union")

    assert (signing.now().state, signing.now().handed_in_at) == ("claimed", None)
    assert signing.states() == {"town_union": ["closed"]}
    assert broken_invariants(visits.city.engine) == []


def test_who_gets_the_task_signs_it_no_more(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    check = Signing(visits, case_id, visits.take(case_id, "check_plan", "town_union"))
    check.ask("union", mode="after", by="town_union")
    visits.city.run(CompleteTask(task_id=check.task.id, answers={"approved": True}), by="town_union")

    leave(visits, "town_union")
    assert (check.now().state, check.now().handed_in_at) == ("open", None)
    assert check.states() == {"union": ["closed", "planned"]}
    assert broken_invariants(visits.city.engine) == []


def test_two_sign_at_once_and_the_step_is_complete_once(visits: Visits) -> None:
    for _ in range(4):
        signing = handed_in(visits, "town_union", "union")
        asked = {name: signing.asked(name).id for name in ("town_union", "union")}

        def sign(name: str, asked: dict[str, str] = asked) -> None:
            visits.city.run(SignTask(task_id=asked[name], verdict="agree"), by=name)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(sign, asked))
        assert visits.actions(signing.case_id).count("task_completed") == 1
        assert visits.open_elements(signing.case_id) == ["check_plan"]
    assert broken_invariants(visits.city.engine) == []


def test_signing_against_handing_in(visits: Visits) -> None:
    for _ in range(4):
        signing = Signing.begin(visits)
        signing.ask("town_union")
        asked = signing.asked("town_union").id

        def act(command: SignTask | CompleteTask, by: str) -> str:
            try:
                visits.city.run(command, by=by)
            except EngineError as refusal:
                return refusal.code
            return "done"

        sign = (SignTask(task_id=asked, verdict="agree"), "town_union")
        complete = (CompleteTask(task_id=signing.task.id, answers=PLAN), "hr")
        with ThreadPoolExecutor(2) as pool:
            signed, completed = pool.map(lambda order: act(*order), (sign, complete))
        assert signed == "done"
        assert completed in ("done", "signatures_awaited")
    assert broken_invariants(visits.city.engine) == []


def leave(visits: Visits, username: str) -> None:
    person_id = visits.city.actor(username).person_id
    visits.city.run(RecordLeaving(person_id=person_id, reason="退休"), by="admin")

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.do_job import DoJob
from engine.commands.return_task import PlanChanged, ReturnRefused, ReturnTask, StepUnknown
from engine.errors import EngineError
from engine.model import Answer, Clock, HistoryEntry, Job, Movement, Notice, ProcessInstance, UserTask
from engine.model.case import CaseNotRunning, ReasonMissing
from engine.model.task_refusals import NotTheAssignee, TaskNotClaimed, TaskNotOpen
from engine.returning.plan import ReturnPlan
from tests.engine.commands.test_complete_task import PLAN
from tests.engine.conftest import Visits
from tests.faults.invariants import broken_invariants


def checking(visits: Visits) -> tuple[str, UserTask, UserTask]:
    """Case, the plan that `hr` handed in, and the check that `town_union` has."""
    case_id = visits.start()
    planned = visits.plan(case_id)
    return case_id, planned, visits.take(case_id, "check_plan", "town_union")


def back(check: UserTask, to: str = "plan_visit", reason: str = "日期不妥", **more: str) -> ReturnTask:
    return ReturnTask(task_id=check.id, to=to, reason=reason, **more)


def foreseen(visits: Visits, command: ReturnTask, by: str = "town_union") -> ReturnPlan:
    _, plan = visits.city.engine.foresee(command, actor=visits.city.actor(by))
    return plan


def test_the_step_is_there_again_for_the_same_person_with_what_they_wrote(visits: Visits) -> None:
    case_id, planned, check = checking(visits)

    visits.city.run(back(check), by="town_union")

    again = visits.city.task_at(case_id, "plan_visit")
    assert visits.open_elements(case_id) == ["plan_visit"]
    assert (again.assignee_id, again.draft) == (visits.city.actor("hr").person_id, PLAN)
    assert (again.returned_by_id, again.return_reason) == (visits.city.actor("town_union").person_id, "日期不妥")
    assert again.id != planned.id
    assert broken_invariants(visits.city.engine) == []


def test_what_was_handed_in_is_kept_and_does_not_count(visits: Visits) -> None:
    _, planned, check = checking(visits)
    before = visits.city.rows(ProcessInstance)[0].variables

    visits.city.run(back(check), by="town_union")

    (old,) = visits.city.rows(UserTask, UserTask.id == planned.id)
    (answer,) = visits.city.rows(Answer, Answer.task_id == planned.id)
    variables = visits.city.rows(ProcessInstance)[0].variables
    assert (old.state, old.superseded_at, answer.answers) == ("completed", visits.city.clock.now, PLAN)
    assert answer.superseded_at is not None
    assert set(before) - set(variables) == {"plan", "visit_on", "sketch"}
    (ended,) = visits.city.rows(UserTask, UserTask.id == check.id)
    assert ended.state == "cancelled"


def test_the_legal_clock_of_the_step_goes_on_and_those_behind_it_stop(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    filing = visits.clock(case_id, "plan_visit")
    assert filing.state == "met"
    visits.city.clock.advance(days=1)

    plan = foreseen(visits, back(check))
    visits.city.run(back(check), by="town_union")

    assert {(c.effect, c.clock_id) for c in plan.clocks if c.effect != "restarts"} >= {
        ("stops", visits.clock(case_id, "check_lapsed").id),
        ("goes_on", filing.id),
    }
    states = {c.element_id: (c.state, c.due_on) for c in visits.city.rows(Clock, Clock.case_id == case_id)}
    assert states["plan_visit"] == ("running", filing.due_on)
    assert states["check_lapsed"][0] == "cancelled"
    assert states["plan_late"][0] == "running"


def test_the_history_says_which_entries_are_taken_back(visits: Visits) -> None:
    case_id, planned, check = checking(visits)

    visits.city.run(back(check), by="town_union")

    entries = {e.seq: e for e in visits.city.rows(HistoryEntry, HistoryEntry.stream == case_id)}
    (told,) = [e for e in entries.values() if e.action == "task_returned"]
    taken = {entries[n].action for a, b in told.details["took_back"] for n in range(a, b + 1)}
    assert (told.reason, told.details["to"]) == ("日期不妥", "plan_visit")
    assert {"task_completed", "task_opened", "task_claimed", "clock_started"} <= taken
    assert "case_started" not in taken
    assert planned.id in told.details["superseded"]
    assert check.id in told.details["ended"]


def test_it_goes_on_from_there_and_four_eyes_look_at_the_new_answers(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    visits.city.run(back(check), by="town_union")
    again = visits.city.task_at(case_id, "plan_visit")

    visits.city.run(CompleteTask(task_id=again.id, answers=PLAN | {"plan": "下午"}), by="hr")
    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert visits.city.rows(ProcessInstance)[0].variables["plan"] == "下午"
    assert visits.open_elements(case_id) == []
    assert broken_invariants(visits.city.engine) == []


def test_in_a_loop_it_goes_back_to_the_right_round(visits: Visits) -> None:
    case_id = visits.start()
    rounds = []
    for plan in ("一", "二", "三"):
        rounds.append(visits.do(case_id, "plan_visit", "hr", **PLAN | {"plan": plan}))
        if plan != "三":
            visits.do(case_id, "check_plan", "town_union", approved=False)
    check = visits.take(case_id, "check_plan", "town_union")

    visits.city.run(back(check, to=rounds[1].id), by="town_union")

    again = visits.city.task_at(case_id, "plan_visit")
    assert again.draft["plan"] == "二"
    assert visits.city.rows(ProcessInstance)[0].variables["plan"] == "一"
    superseded = visits.city.rows(UserTask, UserTask.superseded_at.is_not(None))
    assert {t.id for t in superseded if t.element_id == "plan_visit"} == {rounds[1].id, rounds[2].id}
    assert broken_invariants(visits.city.engine) == []


def test_everybody_concerned_hears_of_it(visits: Visits) -> None:
    _, _, check = checking(visits)
    visits.city.run(back(check), by="town_union")

    for job in visits.city.rows(Job, Job.kind == "notify_person"):
        visits.city.run(DoJob(job_id=job.id), by="system")

    notices = visits.city.rows(Notice, Notice.kind.in_(("task_returned", "task_withdrawn")))
    assert [(n.person_id, n.kind) for n in notices] == [(visits.city.actor("hr").person_id, "task_returned")]


def test_what_is_refused_changes_nothing(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    before = visits.actions(case_id)

    for command, by, error in [
        (back(check), "hr", NotTheAssignee), (back(check, reason=" "), "town_union", ReasonMissing),
        (back(check, to="check_plan"), "town_union", StepUnknown), (back(check, to="f"), "town_union", StepUnknown),
        (back(check, plan="0" * 16), "town_union", PlanChanged),
    ]:  # fmt: skip
        with pytest.raises(error):
            visits.city.run(command, by=by)

    assert visits.actions(case_id) == before
    assert visits.open_elements(case_id) == ["check_plan"]


def test_nobody_has_to_hold_it_who_is_in_charge(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    check = visits.city.task_at(case_id, "check_plan")

    with pytest.raises(TaskNotClaimed):
        visits.city.run(back(check), by="hr")
    visits.city.run(back(check), by="town_union")

    assert visits.open_elements(case_id) == ["plan_visit"]


def test_a_service_that_was_called_is_in_the_way(visits: Visits) -> None:
    """The service of this process does not say that it can be undone; the message behind it never comes."""
    case_id, _, check = checking(visits)
    visits.city.run(CompleteTask(task_id=check.id, answers={"approved": True}), by="town_union")
    refusal = visits.city.engine.foresee(_recall(check), actor=visits.city.actor("town_union"))

    assert [(o.code, o.element_id) for o in refusal.obstacles] == [("service_was_called", "reckon")]
    with pytest.raises(ReturnRefused) as refused:
        visits.city.run(_recall(check), by="town_union")
    assert refused.value.problems[0].element_id == "reckon"
    assert broken_invariants(visits.city.engine, case_id=case_id) == []


def _recall(task: UserTask):  # type: ignore[no-untyped-def]
    from engine.commands.recall_task import RecallTask

    return RecallTask(task_id=task.id)


def test_the_preview_changes_nothing_and_its_fingerprint_is_taken(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    before = visits.actions(case_id), len(visits.city.rows(Movement))

    plan = foreseen(visits, back(check))

    assert (visits.actions(case_id), len(visits.city.rows(Movement))) == before
    assert [(o.element_id, o.person_id) for o in plan.opened] == [("plan_visit", visits.city.actor("hr").person_id)]
    assert [e.task_id for e in plan.ended] == [check.id]
    visits.city.run(back(check, plan=plan.fingerprint), by="town_union")
    assert visits.open_elements(case_id) == ["plan_visit"]


def test_of_a_return_and_a_completion_at_once_one_wins(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    orders = [back(check), CompleteTask(task_id=check.id, answers={"approved": False})] * 3

    def give(command: object) -> str:
        try:
            visits.city.run(command, by="town_union")  # type: ignore[arg-type]
        except EngineError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(give, orders))

    assert outcomes.count("done") == 1
    assert visits.open_elements(case_id) == ["plan_visit"]
    assert broken_invariants(visits.city.engine) == []


def test_sent_again_with_the_same_key_it_goes_back_once(visits: Visits) -> None:
    case_id, _, check = checking(visits)
    for _ in range(2):
        visits.city.run(back(check), by="town_union", idempotency_key="k", fingerprint="back")
    with pytest.raises(TaskNotOpen):
        visits.city.run(back(check), by="town_union")

    assert visits.actions(case_id).count("task_returned") == 1


def test_a_case_that_stands_still_does_not_go_back(visits: Visits) -> None:
    from engine.commands.suspend_case import SuspendCase

    case_id, _, check = checking(visits)
    visits.city.run(SuspendCase(case_id=case_id, reason="系统检查"), by="town_union")

    with pytest.raises(CaseNotRunning):
        visits.city.run(back(check), by="town_union")


def test_who_did_it_and_may_not_any_more_is_not_given_it(visits: Visits) -> None:
    from engine.commands.appoint_parties import AppointParties

    case_id, _, check = checking(visits)
    other = AppointParties(case_id=case_id, role="planner", persons=("boss",), reason="换人")
    visits.city.run(other, by="town_union")

    visits.city.run(back(check), by="town_union")

    again = visits.city.task_at(case_id, "plan_visit")
    assert (again.state, again.assignee_id, again.draft) == ("open", None, PLAN)
    visits.city.run(ClaimTask(task_id=again.id), by="boss")

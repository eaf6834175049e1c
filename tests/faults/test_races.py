"""Fault F19: two acts on one case at the same moment; exactly one wins and nobody is shown a lock."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from engine.commands.cancel_case import CancelCase
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.commands.fire_clock import FireClock
from engine.commands.propose_clause import ProposeClause
from engine.errors import EngineError
from engine.model import IncomingMessage, UserTask
from tests.engine.conftest import Visits
from tests.engine.elements.conftest import Street
from tests.faults.invariants import broken_invariants
from tests.talks import Talks

ROUNDS = 6
OFFERED = [
    "lawyer1", "lawyer2", "lawyer3", "accountant1", "accountant2", "tax1", "tax2", "appraiser1", "doctor1", "doctor2",
]  # fmt: skip
PLAN = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What became of each act: the code of its refusal, or "done"; anything else is raised."""
    together = Barrier(len(acts))

    def outcome(act: Callable[[], Any]) -> str:
        together.wait(10)
        try:
            act()
        except EngineError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(outcome, acts))


def test_completing_against_cancelling(visits: Visits) -> None:
    for _ in range(ROUNDS):
        case_id = visits.start()
        task = visits.take(case_id, "plan_visit", "hr")

        completed, cancelled = at_once(
            lambda task=task: complete(visits, task),
            lambda case_id=case_id: visits.city.run(CancelCase(case_id=case_id, reason="撤回申请"), by="town_union"),
        )

        assert cancelled == "done"  # a case may be cancelled at any stage, so this one is only sooner or later
        assert completed in {"done", "task_not_open", "case_not_running"}
        assert visits.city.tasks(case_id) == []
        assert visits.actions(case_id).count("task_completed") == (completed == "done")
        assert visits.actions(case_id).count("task_opened") == 1 + (completed == "done")
    assert broken_invariants(visits.city.engine) == []


def test_completing_against_the_clock_that_interrupts_it(visits: Visits) -> None:
    for _ in range(ROUNDS):
        case_id = visits.start()
        visits.plan(case_id)
        task = visits.take(case_id, "check_plan", "town_union")
        clock = visits.clock(case_id, "check_lapsed")
        with visits.city.session() as session, session.begin():
            # Due a moment from now, so that either may be first.
            session.get_one(type(clock), clock.id).due_at = visits.city.clock.now

        completed, fired = at_once(
            lambda task=task: complete(visits, task, by="town_union", approved=True),
            lambda clock=clock: visits.city.run(FireClock(clock_id=clock.id), by="system"),
        )

        # A clock that has run out fires before a completion is looked at, whoever sends it.
        assert completed in {"task_not_open", "busy"}
        assert fired in {"done", "clock_not_running"}
        assert visits.actions(case_id).count("clock_fired") == 1
        assert visits.case(case_id).status == "completed"
    assert broken_invariants(visits.city.engine) == []


def test_the_same_completion_sent_twice_at_once_with_one_key(visits: Visits) -> None:
    for number in range(ROUNDS):
        case_id = visits.start()
        task = visits.take(case_id, "plan_visit", "hr")
        command, key = CompleteTask(task_id=task.id, answers=PLAN), f"key-{number}"

        def send(command: CompleteTask = command, key: str = key) -> None:
            visits.city.run(command, by="hr", idempotency_key=key, fingerprint="same")

        outcomes = at_once(send, send)

        assert outcomes.count("done") >= 1
        assert set(outcomes) <= {"done", "task_not_open"}
        assert visits.actions(case_id).count("task_completed") == 1
    assert broken_invariants(visits.city.engine) == []


def test_two_messages_for_one_wait(visits: Visits) -> None:
    for round_ in range(ROUNDS):
        case_id = visits.start()
        visits.plan(case_id)
        visits.do(case_id, "check_plan", "town_union", approved=True)
        key = visits.case(case_id).number

        def deliver(which: str, key: str = key, round_: int = round_) -> None:
            payload = {"room": which}
            message = DeliverMessage(name="room_confirmation", key=key, message_id=f"{round_}-{which}", payload=payload)
            visits.city.run(message, by="admin")

        outcomes = at_once(lambda: deliver("a"), lambda: deliver("b"))

        assert outcomes == ["done", "done"]
        states = [m.state for m in visits.city.rows(IncomingMessage, IncomingMessage.key == key)]
        assert sorted(states) == ["buffered", "delivered"]
        assert visits.actions(case_id).count("message_delivered") == 1
        assert visits.case(case_id).status == "completed"
    assert broken_invariants(visits.city.engine) == []


def test_a_message_sent_twice_at_once_is_delivered_once(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    message = DeliverMessage(
        name="room_confirmation", key=visits.case(case_id).number, message_id="one", payload={"room": "301"}
    )

    outcomes = at_once(*[lambda: visits.city.run(message, by="admin")] * 4)

    assert set(outcomes) == {"done"}
    assert visits.actions(case_id).count("message_delivered") == 1
    assert broken_invariants(visits.city.engine) == []


def test_many_people_on_many_cases_end_with_one_winner_each(visits: Visits) -> None:
    tasks = [visits.take(visits.start(), "plan_visit", "hr") for _ in range(3)]

    outcomes = at_once(*[lambda task=task: complete(visits, task) for task in tasks for _ in range(5)])

    assert outcomes.count("done") == 3
    assert set(outcomes) <= {"done", "task_not_open"}
    assert broken_invariants(visits.city.engine) == []


def complete(visits: Visits, task: UserTask, *, by: str = "hr", **answers: Any) -> None:
    visits.city.run(CompleteTask(task_id=task.id, answers=answers or PLAN), by=by)


def test_agreeing_against_a_new_text_of_the_other_side(talks: Talks) -> None:
    """Nobody has agreed to words that were not on the table any more, and nothing that was written is lost."""
    head = "工资标准"
    for number in range(ROUNDS):
        offered = talks.propose(head, f"上调百分之{number}", by="chair")
        seen = talks.clause(head).revision

        agreed, proposed = at_once(
            lambda offered=offered: talks.agree(head, offered, by="boss"),
            lambda seen=seen: talks.run(ProposeClause, head, by="chair", text="上调百分之九", revision=seen),
        )

        assert (agreed, proposed) in {("done", "clause_changed"), ("done", "clause_agreed"), ("clause_changed", "done")}
        assert (talks.clause(head).status == "agreed") == (agreed == "done")
        if agreed == "done":
            break
    assert [step.seq for step in talks.steps(head)] == list(range(1, len(talks.steps(head)) + 1))
    assert broken_invariants(talks.city.engine) == []


def test_fifty_claims_of_an_offer_have_one_winner_and_the_others_learn_that(street: Street) -> None:
    """Ten people who were offered a task by name, each from five windows at the same moment."""
    street.deploy(f"begin -> answer -> finish\nuser answer: offered = {json.dumps(OFFERED)}")
    for _ in range(2):
        case_id = street.start()
        task = street.city.task_at(case_id, "answer")
        actors = [street.city.actor(name) for name in OFFERED]

        outcomes = at_once(
            *[lambda a=a, t=task.id: street.city.engine.run(ClaimTask(task_id=t), actor=a) for a in actors * 5]
        )

        held = street.city.task_at(case_id, "answer").assignee_id
        winner = next(number for number, actor in enumerate(actors) if actor.person_id == held)
        # Who has it may claim it again: nothing happens, and nothing is refused.
        assert [o for at, o in enumerate(outcomes) if at % len(actors) == winner] == ["done"] * 5
        assert {o for at, o in enumerate(outcomes) if at % len(actors) != winner} == {"task_already_claimed"}
        assert street.actions(case_id).count("task_claimed") == 1
    assert broken_invariants(street.city.engine) == []

"""The checker of invariants sees what it is there to see."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.model import (
    Answer,
    Case,
    Clock,
    HistoryEntry,
    HistoryStream,
    Incident,
    MessageWait,
    ProcessInstance,
    UserTask,
)
from tests.engine.conftest import Visits
from tests.faults.invariants import broken_invariants

CHECKING = (UserTask.element_id == "check_plan") & (UserTask.state == "open")
PLANNING = (UserTask.element_id == "plan_visit") & (UserTask.state == "open")


def some_cases(visits: Visits) -> str:
    """Cases at every stage; gives the id of one that waits for a check."""
    visits.start()
    done = visits.start()
    visits.plan(done)
    visits.do(done, "check_plan", "town_union", approved=True)
    lapsed = visits.start()
    visits.plan(lapsed)
    visits.city.clock.advance(days=40)
    visits.city.engine.fire_due_clocks()
    waiting = visits.start()
    visits.plan(waiting)
    return waiting


def test_a_sound_database_has_no_faults(visits: Visits) -> None:
    some_cases(visits)

    assert broken_invariants(visits.city.engine) == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (update(ProcessInstance).values(state=b"damaged"), "does not load"),
        (delete(MessageWait), "a message step without a row"),
        (update(UserTask).where(CHECKING).values(state="cancelled"), "user step without"),
        (update(UserTask).where(PLANNING).values(step_id="f" * 32), "a user row without a step"),
        (update(Clock).where(Clock.element_id == "check_lapsed").values(state="met"), "a timer step without a row"),
        (update(Case).where(Case.status == "completed").values(status="running", closed_at=None), "has ended"),
        (delete(Answer).where(Answer.task_id.is_not(None)), "answers"),
        (update(HistoryEntry).where(HistoryEntry.action == "task_completed").values(actor="boss"), "history breaks"),
        (delete(HistoryEntry).where(HistoryEntry.action == "task_completed"), "in the history"),
        (update(Case).values(history_seq=Case.history_seq + 1), "the history ends at"),
        (update(UserTask).where(PLANNING).values(state="cancelled"), "offers of tasks"),
    ],
    ids=lambda part: part.replace(" ", "_") if isinstance(part, str) else "",
)
def test_damage_is_named(visits: Visits, damage: Any, fault: str) -> None:
    some_cases(visits)
    with visits.city.session() as session, session.begin():
        session.execute(damage.execution_options(synchronize_session=False))

    faults = broken_invariants(visits.city.engine)

    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(("steps", "fault"), [(("a" * 32,), "an incident without"), (("a" * 32,) * 2, "2 incidents")])
def test_incidents_that_belong_to_nothing_are_named(visits: Visits, steps: tuple[str, ...], fault: str) -> None:
    case_id = some_cases(visits)
    told = {"case_id": case_id, "element_id": "reckon", "code": "step_broken", "created_at": visits.city.clock.now}
    with visits.city.session() as session, session.begin():
        session.add_all(Incident(step_id=step, **told) for step in steps)

    faults = broken_invariants(visits.city.engine)

    assert any(fault in found for found in faults), faults


def test_the_chain_of_the_system_is_looked_at_too(visits: Visits) -> None:
    with visits.city.session() as session, session.begin():
        session.execute(update(HistoryStream).values(head="f" * 64))

    assert broken_invariants(visits.city.engine) != []

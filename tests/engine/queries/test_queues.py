"""Which queue a task stands in: late, due today, paused, suspended; and that a closed case leaves all of them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.commands.cancel_case import CancelCase
from engine.commands.suspend_case import SuspendCase
from engine.model import CaseAudience, Clock, UserTask
from engine.queries.worklist import VIEWS, worklist_counts
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks


def queues(visits: Visits, case_id: str, by: str = "hr") -> set[str]:
    """The queues in which somebody finds the task that this case waits for."""
    return {v for v in VIEWS if v != "done" and case_id in {t.case_id for t in list_of_tasks(visits, by, view=v).items}}


def counts(visits: Visits, by: str = "hr") -> dict[str, int]:
    with visits.city.engine.reading() as session:
        found = worklist_counts(session, visits.city.actor(by), now=visits.city.engine.now())
    return {view: number for view, number in found.items() if number}


def test_a_task_is_due_today_and_then_late(visits: Visits) -> None:
    case_id = visits.start()
    due_at = visits.city.task_at(case_id, "plan_visit").due_at
    seen = []
    for moment in (due_at - timedelta(days=1), due_at - timedelta(minutes=1), due_at):
        visits.city.clock.now = moment
        seen.append((queues(visits, case_id), counts(visits)))

    offered = {"claimable", "group"}
    assert seen == [
        (offered, {"claimable": 1, "group": 1}),
        (offered | {"today"}, {"claimable": 1, "group": 1, "today": 1}),
        (offered | {"overdue"}, {"claimable": 1, "group": 1, "overdue": 1}),
    ]


def test_a_paused_clock_is_never_late(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    _set(visits, Clock, Clock.task_id == task.id, state="paused", paused_on=visits.city.clock.now.date())
    visits.city.clock.now = task.due_at + timedelta(days=1)

    assert queues(visits, task.case_id) == {"mine", "group", "paused"}
    assert counts(visits) == {"mine": 1, "group": 1, "paused": 1}


def test_a_paused_clock_around_the_task_that_gave_it_its_date_pauses_it_too(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    around = visits.clock(task.case_id, "plan_late")
    _set(visits, UserTask, UserTask.id == task.id, due_at=around.due_at)
    _set(visits, Clock, Clock.id == around.id, state="paused", paused_on=visits.city.clock.now.date())

    assert "paused" in queues(visits, task.case_id)


def test_a_suspended_case_waits_under_paused_only(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(SuspendCase(case_id=case_id, reason="等待材料"), by="union")

    assert queues(visits, case_id) == {"paused"}
    assert counts(visits) == {"paused": 1}


def test_a_closed_case_stands_in_no_queue_and_its_readers_still_see_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(CancelCase(case_id=case_id, reason="不再需要"), by="union")

    assert queues(visits, case_id) == set()
    readers = visits.city.rows(CaseAudience, CaseAudience.case_id == case_id)
    assert readers
    assert not any(reader.is_live for reader in readers)


def test_a_case_that_ends_by_itself_is_closed_for_its_readers_too(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.city.clock.advance(days=40)
    visits.city.engine.fire_due_clocks()

    assert visits.case(case_id).status == "completed"
    assert not any(r.is_live for r in visits.city.rows(CaseAudience, CaseAudience.case_id == case_id))


def _set(visits: Visits, model: Any, *where: Any, **values: Any) -> None:
    with visits.city.session() as session, session.begin():
        session.execute(update(model).where(*where).values(**values))

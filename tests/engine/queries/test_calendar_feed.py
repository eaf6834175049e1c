"""A calendar shows what its owner may read, and nothing to anybody once the owner has left."""

from datetime import timedelta

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.record_leaving import RecordLeaving
from engine.commands.suspend_case import SuspendCase
from engine.model import UserTask
from engine.queries.calendar_feed import Feed, FeedNotFound, calendar_feed
from tests.engine.conftest import Visits


def read(visits: Visits, token: str) -> Feed:
    with visits.city.engine.reading() as session:
        return calendar_feed(session, token, now=visits.city.clock.now)


def kinds(visits: Visits, username: str) -> list[str]:
    return [event.kind for event in read(visits, visits.city.run(OpenCalendarFeed(), by=username)).events]


def put_dates(visits: Visits, case_id: str) -> UserTask:
    """The open task gets a deadline at noon in two days and a meeting the day before."""
    with visits.city.session() as session, session.begin():
        task = session.get_one(UserTask, visits.city.task_at(case_id, "plan_visit").id)
        task.due_at = visits.city.clock.now + timedelta(days=2)
        task.meeting_at = visits.city.clock.now + timedelta(days=1)
    return task


@pytest.mark.parametrize(
    ("username", "shown"),
    [
        ("hr", ["meeting", "deadline"]),  # the task is offered to them
        ("chair", ["meeting"]),  # a party of the case
        ("union", []),  # may read the case, but nothing of it is theirs
        ("boss2", []),  # another enterprise
        ("admin", []),
    ],
)
def test_each_sees_what_is_theirs(visits: Visits, username: str, shown: list[str]) -> None:
    put_dates(visits, visits.start())

    assert kinds(visits, username) == shown


def test_what_somebody_took_is_no_longer_in_the_calendars_of_others(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    task = visits.city.task_at(case_id, "check_plan")
    with visits.city.session() as session, session.begin():
        session.get_one(UserTask, task.id).due_at = visits.city.clock.now + timedelta(days=2)
    assert kinds(visits, "town_union") == kinds(visits, "hr") == ["deadline"]

    visits.city.run(ClaimTask(task_id=task.id), by="town_union")

    assert (kinds(visits, "town_union"), kinds(visits, "hr")) == (["deadline"], [])


def test_a_suspended_case_has_no_deadlines(visits: Visits) -> None:
    case_id = visits.start()
    put_dates(visits, case_id)

    visits.city.run(SuspendCase(case_id=case_id, reason="核实"), by="town_union")

    assert "deadline" not in kinds(visits, "hr")


def test_the_address_of_somebody_who_left_is_dead_at_once(visits: Visits) -> None:
    put_dates(visits, visits.start())
    token = visits.city.run(OpenCalendarFeed(), by="hr")
    assert read(visits, token).events

    visits.city.run(RecordLeaving(person_id=visits.city.actor("hr").person_id, reason="调离"), by="admin")

    with pytest.raises(FeedNotFound):
        read(visits, token)

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from engine.commands.appoint_parties import AppointParties
from engine.commands.claim_task import ClaimTask
from engine.commands.issue_invitations import IssueInvitations
from engine.commands.record_leaving import PersonLeft, RecordLeaving, SuccessorUnknown
from engine.commands.sign_in import SignedIn, SignIn, WrongPassword
from engine.errors import EngineError
from engine.leaving import Departure
from engine.memberships import LastAdministrator, NotToYourself
from engine.model import (
    ComingMembership,
    GroupMembership,
    HistoryEntry,
    Invitation,
    Job,
    LoginSession,
    Notice,
    Person,
)
from engine.model.case import ReasonMissing
from engine.outbox.doing import do_job
from engine.permissions import NotInGroup
from tests.city import City
from tests.engine.conftest import Visits
from tests.registry import add_person, administration, grant, id_of


def leave(
    city: City, username: str, *, by: str = "admin", reason: str = "退休", successor: str | None = None
) -> Departure:
    return city.run(RecordLeaving(person_id=id_of(city, username), reason=reason, successor=successor), by=by)


def do_jobs(city: City, kind: str) -> None:
    for job in city.rows(Job, Job.kind == kind):
        assert do_job(city.engine, job.id)


def test_access_ends_at_once(visits: Visits) -> None:
    city = visits.city
    made = id_of(city, "guide")
    grant(city, made, "city_union", starts_on="2026-04-01")
    phone = city.run(SignIn(username="guide", password="demo"), by="system")
    assert isinstance(phone, SignedIn)

    leave(city, "guide")

    assert city.engine.authenticate(phone.token) is None
    with pytest.raises(WrongPassword):
        city.run(SignIn(username="guide", password="demo"), by="system")
    assert city.rows(LoginSession, LoginSession.person_id == made)[0].revoked_at == city.clock.now
    assert city.rows(GroupMembership, GroupMembership.person_id == made) == []
    assert city.rows(ComingMembership) == []
    assert city.rows(Person, Person.id == made)[0].left_at == city.clock.now


def test_an_invitation_that_was_not_used_is_worth_nothing(people: City) -> None:
    made = add_person(people)
    people.run(IssueInvitations(person_ids=(made,)), by="security")

    leave(people, "zhu")

    assert people.rows(Invitation) == []


def test_tasks_go_back_and_open_roles_are_listed(visits: Visits) -> None:
    city, case_id, other = visits.city, visits.start(), visits.start()
    for case in (case_id, other):
        visits.take(case, "plan_visit", "hr")

    gone = leave(city, "hr")

    assert gone.tasks == 2
    assert [(role.case_id, role.role) for role in gone.roles] == [(case_id, "planner"), (other, "planner")]
    for case in (case_id, other):
        row = city.task_at(case, "plan_visit")
        assert (row.state, row.assignee_id) == ("open", None)
        assert visits.actions(case)[-1] == "task_released"
    entry = administration(city)[-1]
    assert (entry.action, entry.reason, entry.details["tasks"]) == ("person_left", "退休", 2)


def test_those_in_charge_are_told_who_is_to_be_replaced(visits: Visits) -> None:
    case_id = visits.start()

    leave(visits.city, "hr")
    do_jobs(visits.city, "notify_party_left")

    notices = visits.city.rows(Notice, Notice.kind == "party_left")
    assert {notice.person_id for notice in notices} == {id_of(visits.city, n) for n in ("union", "town_union")}
    assert {(n.case_id, n.params["role"]) for n in notices} == {(case_id, "planner")}


def test_a_successor_gets_what_they_may_do_and_the_groups_the_rest(visits: Visits) -> None:
    city, mine, planned = visits.city, visits.start(), visits.start()
    made = add_person(city, "zhu")
    grant(city, made, "town_union", town="古山镇")
    appoint = AppointParties(case_id=planned, role="planner", persons=("zhu",), reason="改由镇街制定")
    city.run(appoint, by="town_union")
    visits.plan(mine)
    visits.do(planned, "plan_visit", "zhu", plan="上午到厂", visit_on="2026-03-20", sketch=[])
    for case in (mine, planned):
        visits.take(case, "check_plan", "town_union")

    assert leave(city, "town_union", successor="zhu").tasks == 2

    assert city.task_at(mine, "check_plan").assignee_id == made
    assert city.task_at(planned, "check_plan").assignee_id is None  # who planned does not check
    assert "notify_assigned" in {job.kind for job in city.rows(Job)}


def test_what_was_taken_while_they_left_goes_back_a_moment_later(visits: Visits) -> None:
    city, case_id = visits.city, visits.start()
    leave(city, "hr")
    visits.take(case_id, "plan_visit", "hr")  # a request that had been let in before

    city.clock.advance(minutes=3)
    do_jobs(city, "hand_back_stragglers")

    assert city.task_at(case_id, "plan_visit").assignee_id is None


def test_leaving_and_taking_at_the_same_time_leave_no_task_behind(visits: Visits) -> None:
    city, case_id = visits.city, visits.start()
    task, hr = city.task_at(case_id, "plan_visit"), city.actor("hr")

    def quietly(work: object) -> None:
        with suppress(EngineError):
            work()  # type: ignore[operator]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(quietly, (
            lambda: city.engine.run(ClaimTask(task_id=task.id), actor=hr), lambda: leave(city, "hr"),
        )))  # fmt: skip
    city.clock.advance(minutes=3)
    do_jobs(city, "hand_back_stragglers")

    assert city.task_at(case_id, "plan_visit").assignee_id is None


def test_a_request_that_is_repeated_gets_the_same_answer(visits: Visits) -> None:
    visits.start()
    command = RecordLeaving(person_id=id_of(visits.city, "hr"), reason="退休")

    first = visits.city.run(command, by="admin", idempotency_key="k", fingerprint="f")

    assert visits.city.run(command, by="admin", idempotency_key="k", fingerprint="f") == first


def test_refusals(people: City) -> None:
    for other in ("security", "auditor", "union"):
        with pytest.raises(NotInGroup):
            leave(people, "hr", by=other)
    with pytest.raises(NotToYourself):
        leave(people, "admin")
    with pytest.raises(LastAdministrator):
        leave(people, "auditor")
    with pytest.raises(ReasonMissing):
        leave(people, "hr", reason=" ")
    for nobody in ("nobody", "hr"):
        with pytest.raises(SuccessorUnknown):
            leave(people, "hr", successor=nobody)
    leave(people, "hr")
    with pytest.raises(PersonLeft):
        leave(people, "hr")
    assert people.rows(HistoryEntry, HistoryEntry.action == "person_left") != []

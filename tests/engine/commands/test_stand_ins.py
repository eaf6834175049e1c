"""What reaches somebody because another is away, and what they do then."""

from datetime import date, datetime

import pytest

from engine.commands.add_note import AddNote
from engine.commands.appoint_parties import AppointParties
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.end_membership import EndMembership
from engine.commands.end_stand_in import EndStandIn
from engine.commands.release_task import ReleaseTask
from engine.commands.transfer_task import TransferTask
from engine.model import Answer, GroupMembership, Notice, StandIn
from engine.model.task_refusals import FourEyes, HeldForAnother, NotACandidate, TaskAlreadyClaimed
from engine.queries.history import history
from engine.queries.worklist import stead_counts, worklist_counts
from engine.taking import NotStandingIn
from engine.work import CITY_TIME, TaskNotFound
from tests.engine.absences import APPROVED, add_hr, again, checked, entry, listed, sees_case, sees_task
from tests.engine.conftest import Visits
from tests.mails import work_off
from tests.registry import grant, id_of
from tests.stand_ins import as_now, name_stand_in, run_now


def test_somebody_of_another_town_sees_nothing_of_it_and_a_stand_in_does(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    assert not sees_case(city, "town_union2", case_id)

    name_stand_in(city, "town_union", "town_union2")

    assert sees_case(city, "town_union2", case_id)
    assert sees_task(city, "town_union2", task.id)
    assert listed(city, "town_union2", view="claimable") == [task.id]
    assert listed(city, "town_union2", view="group", stead="town_union") == [task.id]
    assert listed(city, "town_union2", view="group", stead="union") == []


def test_the_counts_of_the_rail_and_of_the_chip_agree_with_the_lists(visits: Visits) -> None:
    city = visits.city
    checked(visits)
    _, second = checked(visits)
    visits.city.run(ClaimTask(task_id=second.id), by="town_union")
    name_stand_in(city, "town_union", "town_union2")

    with city.engine.reading() as session:
        actor, now = as_now(city, "town_union2"), city.engine.now()
        counts, stead = worklist_counts(session, actor, now=now), stead_counts(session, actor, now=now)

    for view in ("mine", "claimable", "group"):
        assert counts[view] == len(listed(city, "town_union2", view=view)), view
    assert stead == {"town_union": 2}
    assert len(listed(city, "town_union2", view="group", stead="town_union")) == 2


@pytest.mark.parametrize(
    ("moment", "is_seen"),
    [
        ("2026-03-02T23:59:59", False),
        ("2026-03-03T00:00:00", True),
        ("2026-03-04T23:59:59", True),
        ("2026-03-05T00:00:00", False),
    ],
)
def test_it_begins_and_ends_at_midnight_in_the_city(visits: Visits, moment: str, is_seen: bool) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2", on=("2026-03-03", "2026-03-04"))

    city.clock.now = datetime.fromisoformat(moment).replace(tzinfo=CITY_TIME)

    assert sees_case(city, "town_union2", case_id) is is_seen
    assert sees_task(city, "town_union2", task.id) is is_seen
    assert bool(listed(city, "town_union2", view="claimable")) is is_seen
    assert sees_task(city, "town_union", task.id)


def test_every_act_names_both(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")

    run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    held = again(visits, task)
    run_now(city, CompleteTask(task_id=task.id, answers=APPROVED), by="town_union2")

    away = id_of(city, "town_union")
    answer = city.rows(Answer, Answer.task_id == task.id)[0]
    assert (held.assignee_id, held.on_behalf_of_id) == (id_of(city, "town_union2"), away)
    assert (answer.submitted_by, answer.on_behalf_of_id) == (id_of(city, "town_union2"), away)
    for action in ("task_claimed", "task_completed"):
        act = entry(visits, case_id, action)
        assert (act.actor, act.on_behalf_of) == ("town_union2", "town_union")
    with city.engine.reading() as session:
        page = history(session, as_now(city, "town_union"), case_id, catalogue=city.engine.catalogue)
    row = next(row for row in page.items if row.action == "task_completed")
    assert (row.actor_name, row.on_behalf_of_name) == ("应国平", "吕秋菊")
    assert entry(visits, case_id, "process_moved").on_behalf_of is None


def test_what_is_done_in_a_case_one_only_reaches_so_names_both(visits: Visits) -> None:
    city, (case_id, _) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")

    run_now(city, AddNote(case_id=case_id, text="已与企业电话沟通", circle="everybody"), by="town_union2")

    act = entry(visits, case_id, "note_added")
    assert (act.actor, act.on_behalf_of) == ("town_union2", "town_union")


def test_what_is_ones_own_is_done_in_ones_own_name_unless_one_says_so(visits: Visits) -> None:
    city = visits.city
    grant(city, id_of(city, "town_union2"), "town_union", town="古山镇")
    name_stand_in(city, "town_union", "town_union2")
    (_, first), (_, second) = checked(visits), checked(visits)

    run_now(city, ClaimTask(task_id=first.id), by="town_union2")
    run_now(city, ClaimTask(task_id=second.id, on_behalf_of="town_union"), by="town_union2")

    assert again(visits, first).on_behalf_of_id is None
    assert again(visits, second).on_behalf_of_id == id_of(city, "town_union")


def test_one_acts_only_for_whom_one_stands_in(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")

    with pytest.raises(NotStandingIn):
        run_now(city, ClaimTask(task_id=task.id, on_behalf_of="union"), by="town_union2")
    with pytest.raises(NotACandidate):
        run_now(city, ClaimTask(task_id=task.id, on_behalf_of="town_union2"), by="town_union2")


def test_what_somebody_took_before_is_taken_over_and_goes_back(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    visits.city.run(ClaimTask(task_id=task.id), by="town_union")
    with pytest.raises(TaskNotFound):
        run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    name_stand_in(city, "town_union", "town_union2")

    run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    with pytest.raises(TaskAlreadyClaimed):
        city.run(ClaimTask(task_id=task.id), by="town_union")
    run_now(city, ReleaseTask(task_id=task.id), by="town_union2")

    back = again(visits, task)
    assert (back.assignee_id, back.on_behalf_of_id, back.taken_over) == (id_of(city, "town_union"), None, False)
    assert entry(visits, case_id, "task_claimed").details == {"taken_over": True}


def test_what_was_free_is_free_again_when_it_is_put_back(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")

    run_now(city, ReleaseTask(task_id=task.id), by="town_union2")

    assert (again(visits, task).state, again(visits, task).on_behalf_of_id) == ("open", None)


@pytest.mark.parametrize("give", [TransferTask, DelegateTask])
def test_it_is_not_given_to_a_third_person(visits: Visits, give: type) -> None:
    city, (_, task) = visits.city, checked(visits)
    grant(city, id_of(city, "union"), "town_union", town="古山镇")
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")

    with pytest.raises(HeldForAnother):
        run_now(city, give(task_id=task.id, assignee="union", reason="没有时间"), by="town_union2")


def test_what_somebody_may_not_do_any_more_nobody_does_for_them(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    (held,) = city.rows(GroupMembership, GroupMembership.person_id == id_of(city, "town_union"))

    tasks = city.run(EndMembership(membership_id=held.id, reason="调岗"), by="security")

    assert tasks == 1
    assert again(visits, task).state == "open"


def test_an_end_of_ones_own_membership_elsewhere_leaves_it_alone(visits: Visits) -> None:
    city, (_, task) = visits.city, checked(visits)
    other = grant(city, id_of(city, "town_union2"), "federation")
    name_stand_in(city, "town_union", "town_union2")
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")

    city.run(EndMembership(membership_id=other, reason="调岗"), by="security")

    assert again(visits, task).assignee_id == id_of(city, "town_union2")


def test_a_limit_to_processes_is_kept_everywhere(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    with city.session() as session, session.begin():
        name = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6), "reason": "休假"}
        people = {"person_id": id_of(city, "town_union"), "stand_in_id": id_of(city, "town_union2")}
        session.add(
            StandIn(
                **name, **people, groups=None, processes=["wage_consultation"], named_by_id=people["person_id"],
                named_at=city.engine.now(),
            )
        )  # fmt: skip

    assert not sees_case(city, "town_union2", case_id)
    assert not sees_task(city, "town_union2", task.id)
    assert listed(city, "town_union2", view="claimable") == []
    with pytest.raises(TaskNotFound):
        run_now(city, ClaimTask(task_id=task.id), by="town_union2")


def test_a_limit_to_the_process_lets_its_cases_through(visits: Visits) -> None:
    city, (case_id, task) = visits.city, checked(visits)
    name_stand_in(city, "town_union", "town_union2", processes=["site_visit"])

    assert sees_case(city, "town_union2", case_id)
    assert listed(city, "town_union2", view="claimable") == [task.id]
    run_now(city, ClaimTask(task_id=task.id), by="town_union2")
    run_now(city, CompleteTask(task_id=task.id, answers=APPROVED), by="town_union2")


def test_a_limit_to_groups_leaves_out_what_is_addressed_by_name(visits: Visits) -> None:
    """A party of a case is named in it; the group of the office is another thing."""
    city = visits.city
    add_hr(city)
    case_id = visits.start()
    task = city.task_at(case_id, "plan_visit")
    city.run(AppointParties(case_id=case_id, role="planner", persons=("hr",), reason="由吴晓芸负责"), by="union")
    first = name_stand_in(city, "hr", "zhu", groups=["enterprise_hr"])
    assert not sees_task(city, "zhu", task.id)

    run_now(city, EndStandIn(stand_in_id=first), by="hr")
    name_stand_in(city, "hr", "zhu", groups=["person"])

    assert sees_task(city, "zhu", task.id)


def test_four_eyes_look_at_both(visits: Visits) -> None:
    """`hr` made the plan; who stands in for `hr` may not check it in that name, nor who made it for `hr`."""
    city = visits.city
    add_hr(city)
    name_stand_in(city, "hr", "zhu")
    case_id = visits.start()
    city.run(AppointParties(case_id=case_id, role="planner", persons=("hr",), reason="由吴晓芸负责"), by="union")
    task = city.task_at(case_id, "plan_visit")
    run_now(city, ClaimTask(task_id=task.id), by="zhu")
    answers = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []}
    run_now(city, CompleteTask(task_id=task.id, answers=answers), by="zhu")
    check = city.task_at(case_id, "check_plan")

    for who in ("hr", "zhu"):
        with pytest.raises(FourEyes):
            run_now(city, ClaimTask(task_id=check.id), by=who)
    city.run(ClaimTask(task_id=check.id), by="town_union")


def test_who_stands_in_does_not_see_a_case_that_would_put_them_on_both_sides(visits: Visits) -> None:
    """Parties change after somebody was named: it is asked again at every reading."""
    city = visits.city
    add_hr(city)
    case_id = visits.start()
    city.run(AppointParties(case_id=case_id, role="planner", persons=("hr",), reason="负责"), by="union")
    name_stand_in(city, "hr", "zhu")
    task = city.task_at(case_id, "plan_visit")
    assert sees_task(city, "zhu", task.id)

    assert listed(city, "zhu", view="claimable") == [task.id]

    city.run(AppointParties(case_id=case_id, role="worker_chief", persons=("zhu",), reason="改选"), by="union")

    assert as_now(city, "zhu").absent != ()
    assert listed(city, "zhu", view="claimable") == []
    with pytest.raises(NotACandidate):
        run_now(city, ClaimTask(task_id=task.id), by="zhu")
    with pytest.raises(NotStandingIn):
        run_now(city, ClaimTask(task_id=task.id, on_behalf_of="hr"), by="zhu")


def test_the_stand_in_is_told_of_what_arrives_and_so_is_who_is_away(visits: Visits) -> None:
    city = visits.city
    name_stand_in(city, "town_union", "town_union2")
    _, task = checked(visits)

    work_off(city)

    told = {n.person_id: n.params.get("for") for n in city.rows(Notice, Notice.task_id == task.id)}
    assert told[id_of(city, "town_union2")] == "吕秋菊"
    assert told[id_of(city, "town_union")] is None


def test_nobody_is_told_of_what_lies_outside_the_limits(visits: Visits) -> None:
    city = visits.city
    grant(city, id_of(city, "town_union"), "bargaining_guide")
    name_stand_in(city, "town_union", "town_union2", groups=["bargaining_guide"])
    _, task = checked(visits)

    work_off(city)

    assert id_of(city, "town_union2") not in {n.person_id for n in city.rows(Notice, Notice.task_id == task.id)}

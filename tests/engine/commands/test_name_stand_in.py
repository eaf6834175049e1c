"""Who may stand in for whom, and what is said when they may not."""

from typing import Any

import pytest

from engine.commands.end_stand_in import EndStandIn, StandInNotFound
from engine.commands.grant_membership import GrantMembership
from engine.commands.name_stand_in import NameStandIn
from engine.commands.record_leaving import RecordLeaving
from engine.definitions.form import AnswersRejected
from engine.model import Notice, StandIn
from engine.naming_stand_ins import StandInEnded
from engine.permissions import NotInGroup
from tests.city import STAR, City
from tests.mails import work_off
from tests.registry import add_person, administration, grant, id_of
from tests.stand_ins import as_now, name_for, name_stand_in, run_now


def problems(refused: pytest.ExceptionInfo[AnswersRejected]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in refused.value.problems]


def refused_for(city: City, away: str, deputy: str, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(AnswersRejected) as refused:
        name_stand_in(city, away, deputy, **more)
    assert city.rows(StandIn) == []
    return problems(refused)


def test_a_colleague_of_ones_line_is_named_and_it_is_on_record(people: City) -> None:
    name_stand_in(people, "town_union", "town_union2")

    (absent,) = as_now(people, "town_union2").absent
    (act,) = administration(people)
    assert (absent.username, absent.until.isoformat()) == ("town_union", "2026-03-06")
    assert (act.action, act.actor, act.reason) == ("stand_in_named", "town_union", "年休假")
    assert act.details == {
        "person": "town_union", "stand_in": "town_union2", "starts_on": "2026-03-02", "ends_on": "2026-03-06",
    }  # fmt: skip


def test_who_is_named_is_told(people: City) -> None:
    name_stand_in(people, "liaison", "liaison2")

    work_off(people)

    (notice,) = people.rows(Notice)
    assert (notice.person_id, notice.kind) == (id_of(people, "liaison2"), "stand_in_named")
    assert notice.params["away"] == "楼晓峰"


@pytest.mark.parametrize(("away", "deputy"), [("town_union", "hrss"), ("hrss", "lawyer1"), ("boss", "chair")])
def test_nobody_of_another_line_of_work(people: City, away: str, deputy: str) -> None:
    assert refused_for(people, away, deputy) == [("stand_in", "not_an_option")]


def test_nobody_of_another_enterprise(people: City) -> None:
    assert refused_for(people, "hr", "hr2") == [("stand_in", "not_an_option")]


def test_what_is_personal_has_no_stand_in(people: City) -> None:
    assert refused_for(people, "rep1", "rep2") == [("stand_in", "not_an_option")]
    assert refused_for(people, "admin", "security") == [("stand_in", "not_an_option")]


def test_an_administrator_stands_in_for_nobody(people: City) -> None:
    grant(people, id_of(people, "admin"), "city_union")

    assert refused_for(people, "town_union", "admin") == [("stand_in", "administrators_have_no_stand_in")]


def test_nobody_of_the_other_side_of_the_same_enterprise(people: City) -> None:
    grant(people, id_of(people, "hr"), "enterprise_union_officer", organisation=STAR)

    assert refused_for(people, "chair", "hr") == [("stand_in", "on_the_other_side")]


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        (("2026-03-01", "2026-03-06"), ("starts_on", "check_failed")),
        (("2026-03-05", "2026-03-04"), ("ends_on", "check_failed")),
        (("2026-03-02", "2027-03-04"), ("ends_on", "stand_in_too_long")),
    ],
)
def test_days_that_cannot_be(people: City, on: tuple[str, str], problem: tuple[str, str]) -> None:
    assert refused_for(people, "town_union", "town_union2", on=on) == [problem]


def test_two_may_not_stand_in_for_the_same_work_on_one_day(people: City) -> None:
    name_stand_in(people, "town_union", "town_union2")

    with pytest.raises(AnswersRejected) as refused:
        name_stand_in(people, "town_union", "union", on=("2026-03-06", "2026-03-09"))
    name_stand_in(people, "town_union", "union", on=("2026-03-07", "2026-03-09"))

    assert problems(refused) == [("starts_on", "stand_in_overlaps")]
    assert len(people.rows(StandIn)) == 2


def test_two_may_share_what_somebody_leaves(people: City) -> None:
    grant(people, id_of(people, "town_union"), "bargaining_guide")
    name_stand_in(people, "town_union", "town_union2", groups=["town_union"])

    name_stand_in(people, "town_union", "guide", groups=["bargaining_guide"])

    assert len(people.rows(StandIn)) == 2


def test_who_is_away_stands_in_for_nobody(people: City) -> None:
    name_stand_in(people, "town_union2", "union")

    with pytest.raises(AnswersRejected) as refused:
        name_stand_in(people, "town_union", "town_union2")

    assert problems(refused) == [("stand_in", "stand_in_is_away")]


def test_there_are_no_chains(people: City) -> None:
    name_stand_in(people, "town_union", "town_union2")
    name_stand_in(people, "town_union2", "union")

    assert [one.username for one in as_now(people, "union").absent] == ["town_union2"]


def test_the_security_administrator_names_one_for_somebody(people: City) -> None:
    made = name_for(people, "liaison", "liaison2")
    work_off(people)

    (row,) = people.rows(StandIn)
    assert row.named_by_id == id_of(people, "security")
    assert {notice.person_id for notice in people.rows(Notice)} == {id_of(people, u) for u in ("liaison", "liaison2")}
    assert run_now(people, EndStandIn(stand_in_id=made, reason="提前返岗"), by="security") == 0


def test_nobody_else_names_one_for_others(people: City) -> None:
    command = NameStandIn(answers={}, person_id=id_of(people, "liaison"))

    with pytest.raises(NotInGroup):
        people.run(command, by="admin")


def test_either_ends_it_and_outsiders_do_not_find_it(people: City) -> None:
    made = name_stand_in(people, "town_union", "town_union2")

    with pytest.raises(StandInNotFound):
        run_now(people, EndStandIn(stand_in_id=made), by="union")
    run_now(people, EndStandIn(stand_in_id=made), by="town_union2")
    with pytest.raises(StandInEnded):
        run_now(people, EndStandIn(stand_in_id=made), by="town_union")

    assert as_now(people, "town_union2").absent == ()
    assert [act.action for act in administration(people)] == ["stand_in_named", "stand_in_ended"]


@pytest.mark.parametrize("gone", ["town_union", "town_union2"])
def test_when_somebody_leaves_their_stand_ins_end(people: City, gone: str) -> None:
    name_stand_in(people, "town_union", "town_union2")

    people.run(RecordLeaving(person_id=id_of(people, gone), reason="调离"), by="admin")

    assert people.rows(StandIn)[0].ended_at is not None
    assert as_now(people, "town_union2").absent == ()


def test_what_the_stand_in_cannot_do_any_more_is_not_passed_on(people: City) -> None:
    """A group counts as long as both are of its line of work."""
    made = add_person(people)
    people.run(
        GrantMembership(person_id=made, answers={"group": "city_union", "reason": "借用", "ends_on": "2026-03-03"}),
        by="security",
    )
    name_stand_in(people, "town_union", "zhu")

    before = as_now(people, "zhu").absent[0].memberships
    people.clock.advance(days=2)
    with people.session() as session, session.begin():
        from engine.model import GroupMembership

        session.query(GroupMembership).filter(GroupMembership.person_id == made).delete()

    assert [m.group for m in before] == ["town_union"]
    assert as_now(people, "zhu").absent[0].memberships == ()

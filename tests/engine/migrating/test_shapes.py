"""Cases in all shapes that a diagram can have, moved to another version in the middle of it."""

import pytest

from engine.migrating.moving import CaseMustStay, MigrationNeedsChoice
from engine.model import Clock
from tests.engine.conftest import rule_files
from tests.engine.elements.conftest import Street
from tests.engine.migrating.moves import move
from tests.inventory.notation import diagram

LINE = "begin -> one -> two -> finish\nuser one\nuser two\n"


def test_a_step_that_was_put_in_ahead_is_gone_through(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    street.deploy("begin -> one -> approval -> two -> finish\nuser one\nuser approval\nuser two\n")

    change = move(street, case_id)

    assert (change.kept, change.opened, change.ended) == (("one",), (), ())
    street.do(case_id, "one")
    assert street.open(case_id) == ["approval"]
    street.do(case_id, "approval")
    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


def test_a_task_keeps_its_place_its_holder_and_what_was_written(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    before = street.city.task_at(case_id, "one")
    street.deploy("begin -> one -> finish\nuser one: form more\n", more="reason")

    move(street, case_id)

    after = street.city.task_at(case_id, "one")
    assert (after.id, after.step_id, after.created_at) == (before.id, before.step_id, before.created_at)
    assert after.form == "more"


def test_what_lies_behind_a_case_does_not_matter(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    street.do(case_id, "one")
    street.deploy("begin -> other -> two -> finish\nuser other\nuser two\n")

    move(street, case_id)

    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


def test_a_step_that_is_gone_needs_a_choice(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    street.deploy("begin -> two -> finish\nuser two\n")

    with pytest.raises(MigrationNeedsChoice) as refused:
        move(street, case_id)
    assert [(p.code, p.path) for p in refused.value.problems] == [("place_is_gone", "choices.one")]
    assert street.open(case_id) == ["one"]

    change = move(street, case_id, choices={"one": "two"})
    assert (change.ended, change.opened) == (("one",), ("two",))
    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


def test_another_id_with_the_same_name_and_kind_is_the_same_step(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    text = "begin -> first -> two -> finish\nuser first\nuser two\n"
    renamed = diagram(text, process="main").replace(b'name="first"', b'name="one"')
    street.city.deploy({"main.bpmn": renamed, **rule_files()})

    change = move(street, case_id)

    assert change.kept == ("first",)
    assert street.open(case_id) == ["first"]
    street.do(case_id, "first")
    assert street.open(case_id) == ["two"]


SIDES = """
begin -> split -> left -> join -> finish
split -> right -> join
and split
and join
user left
user right
"""


def test_what_waits_at_a_join_still_counts(street: Street) -> None:
    street.deploy(SIDES)
    case_id = street.start()
    street.do(case_id, "left")
    street.deploy(SIDES.replace("right -> join", "right -> more -> join") + "user more\n")

    move(street, case_id)

    street.do(case_id, "right")
    street.do(case_id, "more")
    assert street.status(case_id) == "completed"


def test_a_step_in_the_branch_that_has_come_already(street: Street) -> None:
    street.deploy(SIDES)
    case_id = street.start()
    street.do(case_id, "left")
    street.deploy(SIDES.replace("left -> join", "left -> more -> join") + "user more\n")

    move(street, case_id)

    street.do(case_id, "right")
    assert street.status(case_id) == "completed"


def test_a_branch_that_is_gone_is_taken_away_when_that_is_chosen(street: Street) -> None:
    street.deploy(SIDES)
    case_id = street.start()
    street.deploy("begin -> left -> finish\nuser left\n")

    with pytest.raises(MigrationNeedsChoice):
        move(street, case_id)
    change = move(street, case_id, choices={"right": ""})

    assert (change.kept, change.ended) == (("left",), ("right",))
    street.do(case_id, "left")
    assert street.status(case_id) == "completed"


def test_a_case_that_could_not_end_must_stay(street: Street) -> None:
    street.deploy("begin -> left -> finish\nuser left\n")
    case_id = street.start()
    street.deploy(SIDES)

    with pytest.raises(CaseMustStay) as refused:
        move(street, case_id)

    assert [p.code for p in refused.value.problems] == ["would_not_end"]
    assert street.open(case_id) == ["left"]


PART = """
begin -> part -> finish
sub part:
    inner -> one -> two -> done
    user one
    user two
"""


def test_a_step_is_put_into_a_part_that_is_new(street: Street) -> None:
    street.deploy(LINE)
    case_id = street.start()
    street.deploy(PART)

    move(street, case_id)

    assert street.open(case_id) == ["one"]
    street.do(case_id, "one")
    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


def test_a_part_that_is_not_drawn_any_more_lets_its_steps_go(street: Street) -> None:
    street.deploy(PART)
    case_id = street.start()
    street.do(case_id, "one")
    street.deploy(LINE)

    move(street, case_id)

    assert street.open(case_id) == ["two"]
    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


WATCHED = """
begin -> one -> finish
late -> hurry -> hurried
user one
user hurry
boundary late: on one; timer P3D; goes on
"""


def test_a_deadline_that_is_new_begins_and_one_that_is_gone_ends(street: Street) -> None:
    street.deploy("begin -> one -> finish\nuser one\n")
    case_id = street.start()
    street.deploy(WATCHED)

    assert move(street, case_id).clocks_started == ("late",)
    street.deploy(LINE)
    assert move(street, case_id).clocks_stopped == ("late",)
    assert street.city.rows(Clock, Clock.case_id == case_id, Clock.state == "running") == []


def test_a_deadline_that_has_run_out_does_not_begin_again(street: Street) -> None:
    street.deploy(WATCHED)
    case_id = street.start()
    street.city.clock.advance(days=4)
    street.city.engine.fire_due_clocks()
    street.deploy(WATCHED.replace("begin -> one -> finish", "begin -> one -> two -> finish") + "user two\n")

    change = move(street, case_id)

    assert (change.clocks_started, sorted(change.kept)) == ((), ["hurry", "one"])
    street.do(case_id, "one")
    street.do(case_id, "hurry")
    street.do(case_id, "two")
    assert street.status(case_id) == "completed"


def test_a_running_deadline_goes_on_from_its_own_day(street: Street) -> None:
    street.deploy(WATCHED)
    case_id = street.start()
    (before,) = street.city.rows(Clock, Clock.case_id == case_id)
    street.city.clock.advance(days=2)
    street.deploy(WATCHED.replace("timer P3D", "timer P9D"))

    change = move(street, case_id)

    (after,) = street.city.rows(Clock, Clock.case_id == case_id)
    assert (after.id, after.due_at, change.clocks_started) == (before.id, before.due_at, ())


MANY = 'begin -> each -> finish\nuser each: each item of = ["a", "b", "c"]\n'


def test_many_instances_go_on_with_what_they_have_done(street: Street) -> None:
    street.deploy(MANY)
    case_id = street.start()
    street.do(case_id, "each")
    street.deploy(MANY.replace("each -> finish", "each -> after -> finish") + "user after\n")

    change = move(street, case_id)

    assert change.kept == ("each", "each")
    street.do(case_id, "each")
    street.do(case_id, "each")
    assert street.open(case_id) == ["after"]


def test_one_after_the_other_instead_of_side_by_side_needs_a_choice(street: Street) -> None:
    street.deploy(MANY)
    case_id = street.start()
    street.deploy(MANY.replace('"c"]', '"c"] in order'))

    with pytest.raises(MigrationNeedsChoice):
        move(street, case_id)
    move(street, case_id, choices={"each": "each"})

    assert street.open(case_id) == ["each"]


FIRST = """
begin -> wait -> come -> finish
wait -> expire -> finish
first wait
catch come: message arrival
catch expire: timer P5D
message arrival: = case.number
"""


def test_what_is_waited_for_behind_an_event_gateway(street: Street) -> None:
    street.deploy(FIRST)
    case_id = street.start()
    street.deploy(FIRST.replace("wait -> expire -> finish", "wait -> expire -> late -> finish") + "user late\n")

    move(street, case_id)

    street.city.clock.advance(days=6)
    street.city.engine.fire_due_clocks()
    assert street.open(case_id) == ["late"]

"""A signal reaches every case that waits for it, once, and takes with it only what each asks for."""

from engine.commands.cancel_case import CancelCase
from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from tests.engine.elements.conftest import Street

WAITING = """
begin -> until -> after -> finish
catch until: signal alarm; out {heard}
user after
signal alarm
"""
CALLING = """
begin -> call -> finish
throw call: signal alarm; in where = "三号车间"; in secret = "x"
signal alarm
"""


def _listen(street: Street, process: str, heard: str = "place = where") -> str:
    street.deploy(WAITING.format(heard=heard), process=process)
    return street.start(process)


def _call(street: Street) -> str:
    street.deploy(CALLING, process="caller")
    case_id = street.start("caller")
    street.work_off()
    return case_id


def test_all_waiting_cases_of_all_processes_hear_it(street: Street) -> None:
    cases = [_listen(street, "first"), street.start("first"), _listen(street, "second")]

    assert street.status(_call(street)) == "completed"

    assert [street.open(case_id) for case_id in cases] == [["after"]] * 3


def test_only_declared_outputs_are_taken(street: Street) -> None:
    case_id = _listen(street, "first")

    _call(street)

    assert street.variables(case_id) == {"place": "三号车间"}


def test_who_begins_to_wait_later_hears_nothing(street: Street) -> None:
    _call(street)
    case_id = _listen(street, "late")

    street.work_off()

    assert street.open(case_id) == []


LOOP = """
begin -> again -> until -> over
over -> again ? default
over -> finish ? = case.stage = "x"
xor again
xor over
catch until: signal alarm
signal alarm
"""


def test_two_jobs_of_one_signal_move_a_case_once(street: Street) -> None:
    street.deploy(LOOP, process="loop")
    case_id = street.start("loop")

    _call(street)
    street.work_off()

    assert street.actions(case_id).count("signal_received") == 1


def test_a_case_that_stands_still_hears_it_when_it_goes_on(street: Street) -> None:
    case_id = _listen(street, "first")
    street.city.run(SuspendCase(case_id=case_id, reason="等待材料"), by="system")
    _call(street)
    assert street.open(case_id) == []

    street.city.run(ResumeCase(case_id=case_id, reason="材料已到"), by="system")
    street.city.clock.advance(minutes=11)
    street.work_off()

    assert street.open(case_id) == ["after"]


def test_a_case_that_was_ended_meanwhile_is_left_alone(street: Street) -> None:
    case_id = _listen(street, "first")
    street.city.run(CancelCase(case_id=case_id, reason="双方撤回"), by="system")

    _call(street)

    assert street.status(case_id) == "cancelled"

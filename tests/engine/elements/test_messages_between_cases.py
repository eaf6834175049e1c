"""What one case sends, another receives: by exact key, once, early or late."""

from engine.commands.suspend_case import SuspendCase
from engine.model import IncomingMessage
from tests.engine.elements.conftest import Street

RECEIVING = """
begin -> told -> until -> after -> finish
user told: form key
catch until: message letter; out text = body
user after
message letter: = address
"""
SENDING = """
begin -> told -> write -> finish
user told: form key
{how}
message letter: = address
"""
HOWS = {
    "send task": 'send write: message letter; in body = "您好"',
    "throw event": 'throw write: message letter; in body = "您好"',
}


def _receiver(street: Street, address: str) -> str:
    street.deploy(RECEIVING, process="receiver", key="address")
    case_id = street.start("receiver")
    street.do(case_id, "told", address=address)
    return case_id


def _send(street: Street, address: str, how: str = "throw event") -> None:
    street.deploy(SENDING.format(how=HOWS[how]), process="sender", key="address")
    street.do(street.start("sender"), "told", address=address)
    street.work_off()


def test_a_send_task_and_a_throw_event_reach_the_case_with_the_key(street: Street) -> None:
    for how in HOWS:
        right, other = _receiver(street, f"甲 {how}"), _receiver(street, f"乙 {how}")

        _send(street, f"甲 {how}", how)

        assert (street.open(right), street.open(other)) == (["after"], [])
        assert street.variables(right)["text"] == "您好"


def test_a_letter_that_comes_early_is_kept(street: Street) -> None:
    _send(street, "甲")

    case_id = _receiver(street, "甲")

    assert street.open(case_id) == ["after"]


def test_each_letter_is_used_by_one_case(street: Street) -> None:
    first, second = _receiver(street, "甲"), _receiver(street, "甲")

    _send(street, "甲")

    assert sorted([street.open(first), street.open(second)]) == [[], ["after"]]


def test_a_letter_to_a_case_that_stands_still_is_kept(street: Street) -> None:
    case_id = _receiver(street, "甲")
    street.city.run(SuspendCase(case_id=case_id, reason="等待材料"), by="system")

    _send(street, "甲")

    (letter,) = street.city.rows(IncomingMessage)
    assert letter.state == "buffered"

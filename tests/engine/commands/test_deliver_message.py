import pytest

from engine.commands.deliver_message import DeliverMessage
from engine.errors import NotAllowed
from engine.inbox import MessageFieldUnknown
from engine.model import IncomingMessage, ProcessInstance
from tests.engine.conftest import Visits


def _until_message(visits: Visits) -> str:
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    return case_id


def _message(visits: Visits, case_id: str, *, message_id: str = "m1", **payload: object) -> DeliverMessage:
    key = visits.case(case_id).number
    return DeliverMessage(name="room_confirmation", key=key, message_id=message_id, payload=payload)


def _variables(visits: Visits, case_id: str) -> dict[str, object]:
    return visits.city.rows(ProcessInstance, ProcessInstance.case_id == case_id)[0].variables


def test_a_message_reaches_the_case_with_its_key(visits: Visits) -> None:
    waiting, other = _until_message(visits), _until_message(visits)

    answer = visits.city.run(_message(visits, waiting, room="三楼"), by="admin")

    assert answer == {"state": "delivered"}
    assert _variables(visits, waiting)["room"] == "三楼"
    assert visits.case(waiting).status == "completed"
    assert visits.case(other).status == "running"


def test_a_message_that_comes_early_is_kept(visits: Visits) -> None:
    case_id = visits.start()

    assert visits.city.run(_message(visits, case_id, room="三楼"), by="admin") == {"state": "buffered"}
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert visits.case(case_id).status == "completed"
    assert visits.city.rows(IncomingMessage)[0].state == "delivered"


def test_a_kept_message_is_not_kept_for_ever(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(_message(visits, case_id, room="三楼"), by="admin")
    visits.city.clock.advance(days=8)

    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert visits.case(case_id).status == "running"


def test_the_same_id_is_used_once(visits: Visits) -> None:
    case_id = _until_message(visits)
    visits.city.run(_message(visits, case_id, room="三楼"), by="admin")

    assert visits.city.run(_message(visits, case_id, room="四楼"), by="admin") == {"state": "duplicate"}
    assert _variables(visits, case_id)["room"] == "三楼"


def test_a_message_cannot_set_what_its_receiver_does_not_declare(visits: Visits) -> None:
    case_id = _until_message(visits)

    with pytest.raises(MessageFieldUnknown):
        visits.city.run(_message(visits, case_id, room="三楼", approved=False), by="admin")

    assert _variables(visits, case_id)["approved"] is True
    assert visits.case(case_id).status == "running"


def test_another_key_reaches_nobody(visits: Visits) -> None:
    case_id = _until_message(visits)
    command = DeliverMessage(name="room_confirmation", key="走访-2026-99999", message_id="m9", payload={"room": "x"})

    assert visits.city.run(command, by="admin") == {"state": "buffered"}
    assert visits.case(case_id).status == "running"


def test_only_senders_deliver(visits: Visits) -> None:
    case_id = _until_message(visits)

    with pytest.raises(NotAllowed):
        visits.city.run(_message(visits, case_id, room="三楼"), by="hr")

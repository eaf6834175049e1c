"""What a command reads under the lock of a case is what the command before it wrote."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.complete_task import CompleteTask
from engine.commands.deliver_message import DeliverMessage
from engine.model import Case, ProcessInstance
from engine.outbox.ticking import tick
from engine.work import Work
from tests.engine.conftest import Visits


@dataclass(frozen=True, kw_only=True)
class ReadUnderLock(Command[dict[str, Any]]):
    case_id: str

    def execute(self, work: Work) -> dict[str, Any]:
        return dict(work.lock_case(self.case_id).instance.variables)


def test_a_command_that_waited_for_the_lock_sees_what_the_one_before_wrote(visits: Visits) -> None:
    case_id = visits.start()
    is_locked, others_wait = Event(), Event()

    def first() -> None:
        with visits.city.session() as session, session.begin():
            case = session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()
            instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case_id)).one()
            is_locked.set()
            others_wait.wait(0.5)
            case.title, instance.variables = "改过", {"purpose": "改过"}

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(first)
        is_locked.wait(5)
        seen = visits.city.run(ReadUnderLock(case_id=case_id), by="hr")
        writing.result()

    assert seen["purpose"] == "改过"


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_message_that_arrives_while_its_wait_is_written_is_not_lost(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    task = visits.take(case_id, "check_plan", "town_union")
    message = DeliverMessage(
        name="room_confirmation", key=visits.case(case_id).number, message_id="m", payload={"room": "301"}
    )
    engine = visits.city.engine

    with ThreadPoolExecutor(1) as pool, visits.city.session() as session:
        with session.begin():
            message.execute(engine._work(session, SYSTEM))
            session.flush()
            completing = pool.submit(
                visits.city.run, CompleteTask(task_id=task.id, answers={"approved": True}), by="town_union"
            )
            wait([completing], timeout=2)
        completing.result()
    tick(engine, ring=str)

    assert visits.actions(case_id).count("message_delivered") == 1

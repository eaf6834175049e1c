from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.inbox import hand_over
from engine.model import IncomingMessage, MessageWait
from engine.model.message import MessageState
from engine.permissions import must_be_in
from engine.progress import moving
from engine.work import Work

SENDERS = ("system_admin", "message_sender")


@dataclass(frozen=True, kw_only=True)
class DeliverMessage(Command[dict[str, str]]):
    """Hand in a message from outside; it reaches the one case that waits for its key, now or later."""

    name: str
    key: str
    message_id: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    time_to_live: timedelta = timedelta(days=7)

    def execute(self, work: Work) -> dict[str, str]:
        must_be_in(work.actor, *SENDERS)
        if work.session.get(IncomingMessage, self.message_id) is not None:
            return {"state": "duplicate"}
        message = IncomingMessage(
            message_id=self.message_id,
            name=self.name,
            key=self.key,
            payload=dict(self.payload),
            state=MessageState.BUFFERED,
            received_at=work.now,
            expires_at=work.now + self.time_to_live,
        )
        work.session.add(message)
        work.record("message_received", details={"name": self.name, "message_id": self.message_id})
        wait = work.session.scalars(_waiting(self.name, self.key)).first()
        if wait is not None:
            _hand_over(work.as_system(), wait, message)
        return {"state": message.state}

    def about(self) -> dict[str, str]:
        return {"name": self.name, "message_id": self.message_id}


@dataclass(frozen=True, kw_only=True)
class HandOverMessage(Command[bool]):
    """Give a kept message to the case that waits for it; they came at the same moment and missed each other."""

    is_recorded_when_refused: ClassVar[bool] = False

    message_id: str

    def execute(self, work: Work) -> bool:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        message = work.session.get(IncomingMessage, self.message_id, with_for_update=True)
        if message is None or message.state != MessageState.BUFFERED:
            return False
        wait = work.session.scalars(_waiting(message.name, message.key)).first()
        if wait is not None:
            _hand_over(work, wait, message)
        return message.state == MessageState.DELIVERED


def _waiting(name: str, key: str) -> Any:
    return select(MessageWait).where(MessageWait.name == name, MessageWait.key == key).order_by(MessageWait.id)


def _hand_over(work: Work, wait: MessageWait, message: IncomingMessage) -> None:
    folder = work.lock_case(wait.case_id)
    still_waits = select(MessageWait.id).where(MessageWait.id == wait.id)
    if work.session.scalar(still_waits) is None:
        return  # another message was first; this one is kept
    folder.case.must_be_running()
    with moving(folder, by_person=True) as run:
        hand_over(
            folder, run, step_id=wait.step_id, element=folder.bundle.process.elements[wait.element_id], message=message
        )
        work.session.delete(wait)

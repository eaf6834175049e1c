from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.delivery import KEEP, deliver, receive_message, wait_for
from engine.model import IncomingMessage
from engine.model.message import MessageState
from engine.permissions import must_be_in
from engine.work import Work

SENDERS = ("system_admin", "message_sender")


@dataclass(frozen=True, kw_only=True)
class DeliverMessage(Command[dict[str, str]]):
    """Hand in a message from outside; it reaches the one case that waits for its key, now or later."""

    name: str
    key: str
    message_id: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    time_to_live: timedelta = KEEP

    def execute(self, work: Work) -> dict[str, str]:
        must_be_in(work.actor, *SENDERS)
        message = receive_message(
            work,
            name=self.name,
            key=self.key,
            message_id=self.message_id,
            payload=self.payload,
            keep=self.time_to_live,
        )
        if message is None:
            return {"state": "duplicate"}
        work.record("message_received", details={"name": self.name, "message_id": self.message_id})
        wait = wait_for(work, message)
        if wait is not None:
            deliver(work.as_system(), wait, message)
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
        wait = wait_for(work, message)
        if wait is not None:
            deliver(work, wait, message)
        return message.state == MessageState.DELIVERED

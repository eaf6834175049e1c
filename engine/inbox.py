"""Messages from outside: matched in SQL by name and exact key, kept when they come early, used once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from engine.automation import evaluate
from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.errors import Problem, Rejected
from engine.model import IncomingMessage, MessageWait
from engine.model.base_model import new_id
from engine.model.message import MessageState
from engine.spiff.process_run import ProcessRun


class MessageFieldUnknown(Rejected):
    """A message may set only the variables that its receiver declares as outputs."""


def wait_for_messages(folder: CaseWork, run: ProcessRun) -> bool:
    """Bring the waits in line with the tokens; True when a kept message let the process move."""
    steps = {s.id: s for s in run.steps if s.kind == "message"}
    known = set(_known_steps(folder))
    _forget(folder, known - set(steps))
    for step in (steps[i] for i in steps if i not in known):
        element = folder.bundle.process.elements[step.element_id]
        key = message_key(folder, element)
        kept = _kept(folder, element.message or "", key)
        if kept is not None:
            hand_over(folder, run, step_id=step.id, element=element, message=kept)
            return True
        folder.work.session.add(
            MessageWait(
                id=new_id(),
                case_id=folder.case.id,
                step_id=step.id,
                element_id=step.element_id,
                name=element.message or "",
                key=key,
            )
        )
        folder.work.session.flush()
    return False


def message_key(folder: CaseWork, element: Element) -> str:
    """The correlation key as text; a message without one is addressed by case number."""
    if not element.correlation_key:
        return folder.case.number
    return str(evaluate(element.correlation_key, folder.words))


def hand_over(folder: CaseWork, run: ProcessRun, *, step_id: str, element: Element, message: IncomingMessage) -> None:
    """Give the message to the waiting step and let the process go on."""
    folder.remember(accepted_payload(element, message.payload))
    message.state = MessageState.DELIVERED
    folder.record(
        "message_delivered", element_id=element.id, details={"name": message.name, "message_id": message.message_id}
    )
    run.fire(step_id)


def accepted_payload(element: Element, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Only declared outputs reach the case; anything else is refused, nothing is overwritten by surprise."""
    declared = {source.removeprefix("=").strip(): target for source, target in element.outputs}
    unknown = sorted(set(payload) - set(declared))
    if unknown:
        raise MessageFieldUnknown(problems=[Problem(path=name, code="unknown_key") for name in unknown])
    return {declared[name]: value for name, value in payload.items()}


def _known_steps(folder: CaseWork) -> list[str]:
    if not any(e.message for e in folder.bundle.process.elements.values()):
        return []
    return list(folder.work.session.scalars(select(MessageWait.step_id).where(MessageWait.case_id == folder.case.id)))


def _forget(folder: CaseWork, step_ids: set[str]) -> None:
    if step_ids:
        folder.work.session.execute(
            delete(MessageWait).where(MessageWait.case_id == folder.case.id, MessageWait.step_id.in_(step_ids))
        )


def _kept(folder: CaseWork, name: str, key: str) -> IncomingMessage | None:
    query = select(IncomingMessage).where(
        IncomingMessage.name == name,
        IncomingMessage.key == key,
        IncomingMessage.state == MessageState.BUFFERED,
        IncomingMessage.expires_at > folder.work.now,
    )
    return folder.work.session.scalars(query.order_by(IncomingMessage.received_at).with_for_update()).first()

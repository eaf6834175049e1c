"""Messages: matched in SQL by name and exact key, kept when they come early, used once. Signals: for all who wait."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from engine.automation import message_key
from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.errors import Problem, Rejected
from engine.model import IncomingMessage, MessageWait, SignalWait
from engine.model.message import MessageState
from engine.spiff.process_run import ProcessRun
from engine.spiff.step import Step


class MessageFieldUnknown(Rejected):
    """A message may set only the variables that its receiver declares as outputs."""


def wait_for_events(folder: CaseWork, run: ProcessRun) -> bool:
    """Bring the waits in line with the tokens; True when a kept message let the process move."""
    if not folder.bundle.process.has_messages_or_signals:
        return False
    elements = folder.bundle.process.elements
    steps = [s for s in run.steps if s.kind in ("message", "signal") and not elements[s.element_id].is_discretionary]
    _wait_for_signals(folder, [s for s in steps if s.kind == "signal"])
    return _wait_for_messages(folder, run, {s.id: s for s in steps if s.kind == "message"})


def _wait_for_signals(folder: CaseWork, steps: list[Step]) -> None:
    known = _known(folder, SignalWait)
    _forget(folder, SignalWait, known - {s.id for s in steps})
    for step in steps:
        if step.id not in known:
            name = folder.bundle.process.elements[step.element_id].signal
            wait = SignalWait(case_id=folder.case.id, step_id=step.id, element_id=step.element_id, name=name)
            folder.work.session.add(wait)


def _wait_for_messages(folder: CaseWork, run: ProcessRun, steps: Mapping[str, Step]) -> bool:
    known = _known(folder, MessageWait)
    _forget(folder, MessageWait, known - set(steps))
    for step in (steps[i] for i in steps if i not in known):
        element = folder.bundle.process.elements[step.element_id]
        with folder.at(step.words):
            key = message_key(folder, element)
        kept = _kept(folder, element.message or "", key)
        if kept is not None:
            hand_over(folder, run, step_id=step.id, element=element, message=kept)
            return True
        folder.work.session.add(
            MessageWait(
                case_id=folder.case.id,
                step_id=step.id,
                element_id=step.element_id,
                name=element.message or "",
                key=key,
            )
        )
        folder.work.session.flush()
    return False


def hand_over(folder: CaseWork, run: ProcessRun, *, step_id: str, element: Element, message: IncomingMessage) -> None:
    """Give the message to the waiting step and let the process go on."""
    with folder.at(run.words_at(step_id)):
        folder.remember(accepted_payload(element, message.payload))
    message.state = MessageState.DELIVERED
    folder.trail.came(message.message_id)
    folder.record(
        "message_delivered", element_id=element.id, details={"name": message.name, "message_id": message.message_id}
    )
    run.fire(step_id)


def accepted_payload(element: Element, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Only declared outputs reach the case; anything else is refused, nothing is overwritten by surprise."""
    declared = declared_fields(element)
    unknown = sorted(set(payload) - set(declared))
    if unknown:
        raise MessageFieldUnknown(problems=[Problem(path=name, code="unknown_key") for name in unknown])
    return {declared[name]: value for name, value in payload.items()}


def declared_fields(element: Element) -> dict[str, str]:
    """Field of what comes in → variable that keeps it; the door lets outputs of events be plain names only."""
    return {source.removeprefix("=").strip(): target for source, target in element.outputs}


def _known(folder: CaseWork, waits: type[MessageWait] | type[SignalWait]) -> set[str]:
    return set(folder.work.session.scalars(select(waits.step_id).where(waits.case_id == folder.case.id)))


def _forget(folder: CaseWork, waits: type[MessageWait] | type[SignalWait], step_ids: set[str]) -> None:
    if step_ids:
        gone = delete(waits).where(waits.case_id == folder.case.id, waits.step_id.in_(step_ids))
        folder.work.session.execute(gone)


def _kept(folder: CaseWork, name: str, key: str) -> IncomingMessage | None:
    query = select(IncomingMessage).where(
        IncomingMessage.name == name,
        IncomingMessage.key == key,
        IncomingMessage.state == MessageState.BUFFERED,
        IncomingMessage.expires_at > folder.work.now,
    )
    return folder.work.session.scalars(
        query.order_by(IncomingMessage.received_at, IncomingMessage.message_id).with_for_update()
    ).first()

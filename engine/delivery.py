"""Messages and signals reach the cases that wait for them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.inbox import declared_fields, hand_over
from engine.model import Case, IncomingMessage, MessageWait, SignalWait
from engine.model.case import CaseStatus
from engine.model.message import MessageState
from engine.progress import moving
from engine.spiff.process_run import ProcessRun
from engine.work import Work

KEEP = timedelta(days=7)
ASK_AGAIN = timedelta(minutes=10)


def receive_message(
    work: Work, *, name: str, key: str, message_id: str, payload: Mapping[str, Any], keep: timedelta = KEEP
) -> IncomingMessage | None:
    """Write the message down; None when one of this id came before."""
    if work.session.get(IncomingMessage, message_id) is not None:
        return None
    message = IncomingMessage(
        message_id=message_id,
        name=name,
        key=key,
        payload=dict(payload),
        state=MessageState.BUFFERED,
        received_at=work.now,
        expires_at=work.now + keep,
    )
    work.session.add(message)
    return message


def wait_for(work: Work, message: IncomingMessage) -> MessageWait | None:
    """The oldest wait for a message of this name and key."""
    query = select(MessageWait).where(MessageWait.name == message.name, MessageWait.key == message.key)
    return work.session.scalars(query.order_by(MessageWait.id)).first()


def deliver(work: Work, wait: MessageWait, message: IncomingMessage) -> None:
    """Give the message to the waiting step. Raises CaseNotRunning."""
    folder = work.lock_case(wait.case_id)
    still_waits = select(MessageWait.id).where(MessageWait.id == wait.id)
    if work.session.scalar(still_waits) is None:
        return  # another message was first; this one is kept
    folder.case.must_be_running()
    element = folder.bundle.process.elements[wait.element_id]
    with moving(folder, by_person=True) as run:
        hand_over(folder, run, step_id=wait.step_id, element=element, message=message)
        work.session.delete(wait)


def send_message(work: Work, args: Mapping[str, Any]) -> None:
    """A message from one case to another; for a case that stands still it is kept, like one that comes early."""
    message = receive_message(
        work, name=args["name"], key=args["key"], message_id=args["message_id"], payload=args["payload"]
    )
    wait = wait_for(work, message) if message else None
    if message is not None and wait is not None and _status(work, wait.case_id) == CaseStatus.RUNNING:
        deliver(work, wait, message)


def broadcast_signal(work: Work, args: Mapping[str, Any]) -> None:
    """One job for each case that waits for the signal now."""
    waiting = select(SignalWait.case_id).where(SignalWait.name == args["name"]).distinct()
    for case_id in work.session.scalars(waiting.order_by(SignalWait.case_id)):
        _signal_later(work, case_id, args)


def deliver_signal(work: Work, args: Mapping[str, Any]) -> None:
    """Let every step of one case that waits for the signal go on; a case that stands still gets it when it goes on."""
    status = _status(work, args["case_id"])
    if status == CaseStatus.SUSPENDED:
        work.enqueue("deliver_signal", _without_job(args), after=ASK_AGAIN)
    if status != CaseStatus.RUNNING:
        return
    folder = work.lock_case(args["case_id"])
    waits = select(SignalWait).where(SignalWait.case_id == folder.case.id, SignalWait.name == args["name"])
    with moving(folder, by_person=True) as run:
        for wait in work.session.scalars(waits.order_by(SignalWait.id)).all():
            if any(step.id == wait.step_id for step in run.steps):
                _take_signal(folder, run, wait, args)


def _take_signal(folder: CaseWork, run: ProcessRun, wait: SignalWait, args: Mapping[str, Any]) -> None:
    """Of what the signal brings, only the declared outputs are taken; every receiver wants something else."""
    element = folder.bundle.process.elements[wait.element_id]
    declared = declared_fields(element)
    with folder.at(run.words_at(wait.step_id)):
        folder.remember({declared[name]: value for name, value in args["payload"].items() if name in declared})
    facts = {"name": wait.name, "signal_id": args["signal_id"]}
    folder.record("signal_received", element_id=wait.element_id, actor="system", details=facts)
    run.fire(wait.step_id)


def _signal_later(work: Work, case_id: str, args: Mapping[str, Any]) -> None:
    told = {"case_id": case_id, **_without_job(args)}
    work.enqueue("deliver_signal", told, dedupe=f"signal:{args['signal_id'][:99]}:{case_id}")


def _without_job(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if name != "job_id"}


def _status(work: Work, case_id: str) -> str | None:
    return work.session.scalar(select(Case.status).where(Case.id == case_id))

"""A form that is sent twice, because the answer got lost on the way or by a second tap, is handed in once.

Every form carries a key of its own. A page that sends forms by itself asks to be told where to go instead of going.
"""

import re
from secrets import token_hex
from typing import TypeVar

from flask import Response, make_response, request

from engine.command import Command
from engine.commands.complete_task import CompleteTask, Completion
from engine.commands.start_case import StartCase
from web import door

FIELD, WANTS_ADDRESS, ADDRESS = "_once", "X-Wants-Address", "X-Address"
R = TypeVar("R")
_KEY = re.compile(r"[0-9a-f]{32}")


def new_key() -> str:
    return token_hex(16)


def hand_in_once(command: Command[Completion], task_id: str) -> Completion:
    completed: Completion = door.run_once(command, _key(), _fingerprint(task_id))
    return completed


def handed_in_before(task_id: str) -> Completion | None:
    """What came of this very form, when it was handed in already."""
    return _answered(CompleteTask(task_id=task_id, answers={}), _fingerprint(task_id))


def start_once(command: StartCase) -> str:
    case_id: str = door.run_once(command, _key(), _start_of(command.process))
    return case_id


def started_before(process: str) -> str | None:
    """The case that this very form has opened already."""
    return _answered(StartCase(process=process, answers={}), _start_of(process))


def onward(answer: Response | str) -> Response | str:
    """For a page that sends by itself, where to go: it cannot read that from a redirection."""
    is_redirection = isinstance(answer, Response) and answer.location is not None
    if not is_redirection or WANTS_ADDRESS not in request.headers:
        return answer
    told = make_response("", 204)
    told.headers[ADDRESS] = answer.location
    return told


def _answered(order: Command[R], fingerprint: str) -> R | None:
    key = _key()
    if key is None or request.form.get("_draft") or request.form.get("_refresh"):
        return None
    return door.engine().answered(order, actor=door.actor(), idempotency_key=key, fingerprint=fingerprint)


def _key() -> str | None:
    """A form without a key, or with one that is none of ours, is sent as it always was."""
    given = request.form.get(FIELD, "")
    return f"page:{given}" if _KEY.fullmatch(given) else None


def _fingerprint(task_id: str) -> str:
    return f"complete:{task_id}"


def _start_of(process: str) -> str:
    return f"start:{process}"

"""A form that is sent twice, because the answer got lost on the way or by a second tap, is handed in once.

Every form carries a key of its own. A page that sends forms by itself asks to be told where to go instead of going.
"""

import re
from secrets import token_hex

from flask import Response, make_response, request

from engine.command import Command
from engine.commands.complete_task import CompleteTask, Completion
from web import door

FIELD, WANTS_ADDRESS, ADDRESS = "_once", "X-Wants-Address", "X-Address"
_KEY = re.compile(r"[0-9a-f]{32}")


def new_key() -> str:
    return token_hex(16)


def hand_in_once(command: Command[Completion], task_id: str) -> Completion:
    completed: Completion = door.run_once(command, _key(), _fingerprint(task_id))
    return completed


def handed_in_before(task_id: str) -> Completion | None:
    """What came of this very form, when it was handed in already."""
    key, order = _key(), CompleteTask(task_id=task_id, answers={})
    if key is None or request.form.get("_draft") or request.form.get("_refresh"):
        return None
    return door.engine().answered(order, actor=door.actor(), idempotency_key=key, fingerprint=_fingerprint(task_id))


def onward(answer: Response | str) -> Response | str:
    """For a page that sends by itself, where to go: it cannot read that from a redirection."""
    is_redirection = isinstance(answer, Response) and answer.location is not None
    if not is_redirection or WANTS_ADDRESS not in request.headers:
        return answer
    told = make_response("", 204)
    told.headers[ADDRESS] = answer.location
    return told


def _key() -> str | None:
    """A form without a key, or with one that is none of ours, is sent as it always was."""
    given = request.form.get(FIELD, "")
    return f"page:{given}" if _KEY.fullmatch(given) else None


def _fingerprint(task_id: str) -> str:
    return f"complete:{task_id}"

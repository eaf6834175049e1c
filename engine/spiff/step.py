"""What of the tokens can be seen from outside: where somebody is waited for, and what failed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.host import StepFailed
from engine.spiff.locals import Locals
from engine.spiff.scope import LIVE, Token


@dataclass(frozen=True)
class Step:
    """A place where something is waited for. `kind` is "user", "timer", "message", "signal" or "condition".

    `cycle` is what a timer that repeats itself was given by its last round.
    """

    id: str
    element_id: str
    kind: str
    words: Locals = field(default_factory=Locals)
    cycle: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    step_id: str
    element_id: str
    error: StepFailed


def listens(token: Token) -> bool:
    """An event that is only listened for: at the edge of an activity, behind an event gateway, or beside a level."""
    return token.is_armed or (bool(token.task_spec.waits) and not token.parent.is_root)


def kind_of(token: Token) -> str | None:
    if not token.has_state(LIVE):
        return None
    if token.state == TaskState.READY:
        return "user" if token.task_spec.manual else None
    return token.task_spec.waits if token.state == TaskState.WAITING else None

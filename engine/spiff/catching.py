"""Errors and escalations go up, level by level, to the innermost place that catches them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.spiff.events import Boundary, EventStart
from engine.spiff.flow_node import host_of
from engine.spiff.host import ErrorNotCaught, ErrorThrown
from engine.spiff.scope import Scope, Token


@dataclass(frozen=True)
class Catcher:
    """A boundary event with the token it watches, or the start of an event sub-process with its level."""

    event: Boundary | EventStart
    host: Token | None
    scope: Scope

    @property
    def interrupts(self) -> bool:
        return self.event.element.interrupting

    def catch(self) -> None:
        if isinstance(self.event, Boundary) and self.host is not None:
            self.event.catch(self.host)
        elif isinstance(self.event, EventStart):
            self.event.start_body(self.scope)


def performed(token: Token) -> bool:
    """Let the host do what this element says; False when it ended in an error that was caught elsewhere."""
    try:
        host_of(token).perform(token.task_spec.element.id, token.locals)
    except ErrorThrown as thrown:
        throw_error(token, thrown)
        return False
    return True


def throw_error(token: Token, thrown: ErrorThrown) -> None:
    """Hand the error to what catches it; the throwing token is gone then. Raises ErrorNotCaught."""
    catcher = _find(token, "error", thrown.error_code)
    if catcher is None:
        raise ErrorNotCaught(error_code=thrown.error_code, message=thrown.message)
    _tell(catcher, {"errorCode": thrown.error_code, "errorMessage": thrown.message})
    catcher.catch()


def throw_escalation(token: Token, code: str) -> bool:
    """True when the throwing token goes on: nothing caught the escalation, or what did let it be."""
    catcher = _find(token, "escalation", code)
    if catcher is None:
        host_of(token).note("escalation_not_caught", token.task_spec.element.id)
        return True
    _tell(catcher, {"escalationCode": code})
    catcher.catch()
    return not catcher.interrupts


def _find(token: Token, kind: str, code: str) -> Catcher | None:
    for place in _outwards(token):
        fitting = [c for c in place if c.event.element.event == kind]
        for wanted in (code, None):
            found = next((c for c in fitting if _code(c) == wanted), None)
            if found is not None:
                return found
    return None


def _code(catcher: Catcher) -> str | None:
    element = catcher.event.element
    return element.error_code if element.event == "error" else element.escalation_code


def _outwards(token: Token) -> Iterator[list[Catcher]]:
    """Every place that may catch, innermost first: activities around the token, then their level, and so on."""
    inside: Any = None
    here: Token | None = token
    while here is not None:
        scope = here.workflow
        while not here.is_root:
            boundaries = getattr(here.task_spec, "boundaries", ())
            yield [Catcher(event, here, scope) for event in boundaries]
            inside, here = here.task_spec, here.parent
        # An event sub-process does not catch what is thrown in it.
        listening = [] if is_deaf(scope) else scope.spec.event_starts
        yield [Catcher(start, None, scope) for start in listening if start.body is not inside]
        here = scope.owner


def is_deaf(scope: Scope) -> bool:
    """Once an interrupting event sub-process has begun, nothing else of its level listens (BPMN 2.0.2, 13.5.4)."""
    bodies = [start.body for start in scope.spec.event_starts if start.element.interrupting]
    return any(token.task_spec in bodies for token in scope.living)


def _tell(catcher: Catcher, facts: dict[str, Any]) -> None:
    """The catching event's output mapping may keep the code and the message."""
    element, words = catcher.event.element, (catcher.host or catcher.scope.root).locals
    host = catcher.scope.all.host
    told: Callable[[str], Any] = lambda source: host.evaluate(source, element.id, words.with_more(facts))  # noqa: E731
    values = {target: told(source) for source, target in element.outputs}
    if values:
        host.remember(values, words)

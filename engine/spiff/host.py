"""What the moving tokens ask of the world, and how a step can fail."""

from typing import Any, Protocol

from engine.errors import Conflict, EngineError
from engine.spiff.locals import Locals


class StepNotWaiting(Conflict):
    """This step of the process does not wait any more."""


class StepFailed(EngineError):
    """An automatic step could not be done."""


class RunsInCircles(StepFailed):
    """Automatic steps go on without end; no person and no clock is waited for."""


class NoFlowTaken(StepFailed):
    """No condition of the gateway is true and it has no default flow."""


class ErrorNotCaught(StepFailed):
    """An error was thrown and nothing in the diagram catches it."""


class NotAList(StepFailed):
    """What a multi-instance activity is repeated for must be a list."""


class TooManyInstances(StepFailed):
    """The list of a multi-instance activity is longer than allowed."""


class ErrorThrown(EngineError):
    """A step ended in an error that the diagram may catch. `code` is the error code of the diagram."""

    def __init__(self, error_code: str, message: str = "") -> None:
        super().__init__(error_code=error_code, message=message)
        self.error_code, self.message = error_code, message


class Host(Protocol):
    """The world around the tokens of one case. Its methods raise StepFailed when they cannot answer.

    `words` are the local variables that are seen at the element, innermost first.
    """

    def decide(self, expression: str, element_id: str, words: Locals) -> object:
        """The truth of a condition; anything but true is false."""
        ...

    def evaluate(self, expression: str, element_id: str, words: Locals) -> Any:
        """The value of an expression, fit for JSON."""
        ...

    def perform(self, element_id: str, words: Locals) -> None:
        """Do a script, service, rule or send task. May raise ErrorThrown."""
        ...

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        """Send the message or signal of this element; `token` is unique for every time."""
        ...

    def remember(self, values: dict[str, Any], words: Locals) -> None:
        """Set variables where they belong: in the innermost local scope, else in the case."""
        ...

    def note(self, what: str, element_id: str) -> None:
        """Something happened that leaves no other trace, such as an escalation that nothing catches."""
        ...

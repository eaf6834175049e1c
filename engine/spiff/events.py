"""What a token waits for. The engine never looks at the time and never matches a message: a command fires the event."""

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition


class Awaited(EventDefinition):
    """A timer or message event; `kind` is "timer" or "message". Only `fire` lets the token go on."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.kind = kind

    def catches(self, my_task, event) -> bool:  # type: ignore[no-untyped-def]
        return False


def fire(step) -> None:  # type: ignore[no-untyped-def]
    """Let the event of this waiting step happen; the caller then runs the engine on."""
    step.internal_data["event_fired"] = True
    step.task_spec._update(step)

"""One process instance while a command works on it: restore, move, save."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.task import TaskState

from engine.errors import Conflict, EngineError
from engine.spiff import events, token_state
from engine.spiff.parser import Specs
from engine.spiff.pruning import UNFINISHED, prune

MAX_AUTOMATIC_STEPS = 1_000
_FAILED = "failed"


class StepNotWaiting(Conflict):
    """This step of the process does not wait any more."""


class StepFailed(EngineError):
    """An automatic step could not be done."""


class RunsInCircles(StepFailed):
    """Automatic steps go on without end; no person and no clock is waited for."""


class NoFlowTaken(StepFailed):
    """No condition of the gateway is true and it has no default flow."""


class Host(Protocol):
    """What the process asks of the world. Both raise StepFailed when they cannot answer."""

    def decide(self, expression: str, element_id: str) -> object: ...

    def perform(self, element_id: str) -> None: ...


@dataclass(frozen=True)
class Step:
    """A place where a token is. `kind` is "user", "timer" or "message"."""

    id: str
    element_id: str
    kind: str


@dataclass(frozen=True)
class Failure:
    step_id: str
    element_id: str
    error: StepFailed


class _Asking(PythonScriptEngine):
    """Hands every question of SpiffWorkflow to the host; evaluates nothing itself."""

    def __init__(self, host: Host) -> None:
        super().__init__(environment=_NoPython())
        self._host = host

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> object:
        return self._host.decide(expression, task.task_spec.name)

    def perform(self, task: Any) -> None:
        self._host.perform(task.task_spec.name)


class _NoPython(TaskDataEnvironment):
    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> object:
        raise StepFailed(reason="python")

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:
        raise StepFailed(reason="python")


class ProcessRun:
    """Moves the tokens of one process instance; knows neither tables nor forms."""

    def __init__(self, workflow: Any) -> None:
        self._workflow = workflow
        self.failures: list[Failure] = []
        self.passed: list[str] = []

    @classmethod
    def start(cls, specs: Specs, host: Host) -> "ProcessRun":
        run = cls(BpmnWorkflow(specs.top, specs.subprocesses, script_engine=_Asking(host)))
        run._advance()
        return run

    @classmethod
    def restore(cls, state: bytes, specs: Specs, host: Host) -> "ProcessRun":
        return cls(token_state.load(state, specs, _Asking(host)))

    def complete(self, step_id: str) -> None:
        """The person's work at this step is done. Raises StepNotWaiting."""
        step = self._step(step_id)
        if step.state != TaskState.READY or not step.task_spec.manual:
            raise StepNotWaiting()
        self._run(step)
        self._advance()

    def fire(self, step_id: str) -> None:
        """The clock ran out or the message came. Raises StepNotWaiting."""
        step = self._step(step_id)
        if step.state != TaskState.WAITING or step.id not in self._workflow.event_manager.tasks:
            raise StepNotWaiting()
        events.fire(step)
        self._advance()

    def retry(self, step_id: str) -> None:
        """Try a failed step again. Raises StepNotWaiting."""
        step = self._step(step_id)
        if not step.internal_data.pop(_FAILED, False):
            raise StepNotWaiting()
        self._advance()

    def has_failed(self, step_id: str) -> bool:
        """Whether this step is still there and waits to be tried again."""
        try:
            return bool(self._step(step_id).internal_data.get(_FAILED))
        except StepNotWaiting:
            return False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that waits for a person, a clock or a message."""
        return (*self._user_steps(), *self._awaited())

    @property
    def occupied(self) -> frozenset[str]:
        """Ids of all elements, sub-processes included, where a token is."""
        here = TaskState.READY | TaskState.WAITING | TaskState.STARTED
        return frozenset(t.task_spec.name for t in self._all_steps() if t.has_state(here))

    @property
    def is_finished(self) -> bool:
        """True when no token is left anywhere; SpiffWorkflow's own answer cannot be trusted."""
        return not any(t.has_state(UNFINISHED) for t in self._all_steps())

    def dump(self) -> bytes:
        prune(self._workflow)
        return token_state.dump(self._workflow)

    def _user_steps(self) -> Iterable[Step]:
        for step in self._all_steps():
            if step.state == TaskState.READY and step.task_spec.manual:
                yield Step(step.id.hex, step.task_spec.name, "user")

    def _awaited(self) -> Iterable[Step]:
        for step in self._workflow.event_manager.tasks.values():
            definition = step.task_spec.event_definition
            if isinstance(definition, events.Awaited) and step.state == TaskState.WAITING:
                yield Step(step.id.hex, step.task_spec.name, definition.kind)

    def _step(self, step_id: str) -> Any:
        try:
            found = self._workflow.get_task_from_id(UUID(hex=step_id))
        except Exception as missing:  # SpiffWorkflow raises different things for "not in the tree"
            raise StepNotWaiting() from missing
        if found is None:
            raise StepNotWaiting()
        return found

    def _trees(self) -> list[Any]:
        return [self._workflow, *self._workflow.subprocesses.values()]

    def _all_steps(self) -> list[Any]:
        return [step for tree in self._trees() for step in tree.tasks.values()]

    def _advance(self) -> None:
        """Run automatic steps until only people, clocks and messages are waited for."""
        budget = MAX_AUTOMATIC_STEPS
        while ready := self._automatic_steps():
            for step in ready:
                budget -= 1
                if budget < 0:
                    self._fail(step, RunsInCircles(limit=MAX_AUTOMATIC_STEPS))
                elif step.state == TaskState.READY:
                    self._run(step)
            self._close_subprocesses()

    def _automatic_steps(self) -> list[Any]:
        return [
            t
            for t in self._all_steps()
            if t.state == TaskState.READY and not t.task_spec.manual and _FAILED not in t.internal_data
        ]

    def _close_subprocesses(self) -> None:
        for owner_id, tree in sorted(self._workflow.subprocesses.items(), key=lambda i: i[1].depth, reverse=True):
            owner = self._workflow.get_task_from_id(owner_id)
            if owner is not None and owner.state == TaskState.STARTED and tree.completed:
                owner.task_spec._update(owner)

    def _run(self, step: Any) -> None:
        try:
            step.run()
            self.passed.append(step.task_spec.name)
        except StepFailed as error:
            self._fail(step, error)
        except WorkflowException as error:
            self._fail(step, NoFlowTaken(reason=str(error)))

    def _fail(self, step: Any, error: StepFailed) -> None:
        """The token stays where it is, out of the way of the others, until somebody retries."""
        step._set_state(TaskState.READY)
        step.internal_data[_FAILED] = True
        self.failures.append(Failure(step.id.hex, step.task_spec.name, error))

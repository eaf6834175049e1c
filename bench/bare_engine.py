"""The floor: SpiffWorkflow alone in memory, the same diagrams, no answers kept, nothing saved."""

from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.task import TaskState

from bench.measuring import cpu_ms
from engine.spiff.parser import load_specs


class _Answering(PythonScriptEngine):
    """Every condition has the answer that it was told; nothing is evaluated."""

    def __init__(self) -> None:
        super().__init__(environment=TaskDataEnvironment())
        self.answer = True

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> object:
        return self.answer


class BareRun:
    def __init__(self, diagram: Path) -> None:
        specs = load_specs(diagram.read_bytes())
        self.answers = _Answering()
        self.workflow = BpmnWorkflow(specs.top, specs.subprocesses, script_engine=self.answers)
        self.workflow.do_engine_steps()

    def complete_next(self, *, again: bool = True) -> float:
        """Completes the first ready task; gives the CPU milliseconds."""
        self.answers.answer = again
        return cpu_ms(self._complete)

    @property
    def has_ready_task(self) -> bool:
        return bool(self._ready())

    def _complete(self) -> None:
        self._ready()[0].run()
        self.workflow.do_engine_steps()

    def _ready(self) -> list[Any]:
        return [t for t in self.workflow.get_tasks(state=TaskState.READY) if t.task_spec.manual]

"""The floor: the tokens alone in memory, on the same diagrams; no answers kept, nothing saved, no row touched."""

from pathlib import Path
from typing import Any

from bench.measuring import cpu_ms
from engine.definitions.process_file import read_process
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import build_specs


class _Answering:
    """Every condition has the answer that it was told; automatic steps do nothing."""

    answer = True

    def decide(self, expression: str, element_id: str, words: Locals) -> object:
        return self.answer

    def evaluate(self, expression: str, element_id: str, words: Locals) -> Any:
        return None

    def perform(self, element_id: str, words: Locals) -> None:
        return None

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        return None

    def remember(self, values: dict[str, Any], words: Locals) -> None:
        return None

    def note(self, what: str, element_id: str) -> None:
        return None


class BareRun:
    def __init__(self, diagram: Path) -> None:
        self.answers = _Answering()
        self._run = ProcessRun.start(build_specs(read_process(diagram.read_bytes())), self.answers)

    def complete_next(self, *, again: bool = True) -> float:
        """Completes the first ready task; gives the CPU milliseconds."""
        self.answers.answer = again
        return cpu_ms(self._complete)

    @property
    def has_ready_task(self) -> bool:
        return bool(self._ready())

    def _complete(self) -> None:
        self._run.complete(self._ready()[0])

    def _ready(self) -> list[str]:
        return [step.id for step in self._run.steps if step.kind == "user"]

"""A process run without tables: its variables are a dictionary, its world does what the facts say."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from typing import Any

from engine.definitions.process_file import read_process
from engine.feel import compile_expression, strip_equals, to_json
from engine.spiff.host import ErrorThrown, RunsInCircles, StepFailed
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import build_specs
from engine.spiff.step import Step
from engine.spiff.trail import Trail
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.oracle.observing import Seen, Waiting, as_words
from tests.engine.spiff.random_processes.comparing import RETRY, Command, RanInCircles


class World:
    """What a process asks for. Services do what the variable says that the diagram names for them."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.variables: dict[str, Any] = {}
        self.heard: list[str] = []
        self.trail = Trail()

    def decide(self, expression: str, element_id: str, words: Locals) -> object:
        answer = self.evaluate(expression, element_id, words)
        if answer is not None and not isinstance(answer, bool):
            raise StepFailed(element_id=element_id)
        return bool(answer)

    def evaluate(self, expression: str, element_id: str, words: Locals) -> Any:
        return to_json(compile_expression(strip_equals(expression)).evaluate(self._seen(words)))

    def perform(self, element_id: str, words: Locals) -> None:
        self.heard.append(element_id)
        node, seen = self.diagram.nodes[element_id], self._seen(words)
        outcome = seen.get(node.outcome or "")
        if outcome == "fail":
            raise StepFailed(element_id=element_id)
        if outcome not in (None, "ok"):
            raise ErrorThrown(outcome)
        if node.counts:
            self.remember({node.counts: (seen.get(node.counts) or 0) + 1}, words)
        if node.decides:
            self.remember({node.decides: 1}, words)

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        self.heard.append(element_id)

    def remember(self, values: dict[str, Any], words: Locals) -> None:
        if not words.write(values):
            self.trail.wrote("case", values, self.variables)
            self.variables.update(values)

    def note(self, what: str, element_id: str) -> None:
        return None

    def _seen(self, words: Locals) -> Mapping[str, Any]:
        return {**(self.variables if words.sees_case else {}), **words}


class InMemory:
    """`saves`: dumped and restored after each command."""

    chooses = frozenset({RETRY})

    def __init__(self, diagram: Diagram, *, saves: bool) -> None:
        self.world, self.saves = World(diagram), saves
        main, *called = [read_process(xml) for xml in drawing.files(diagram).values()]
        self.specs = build_specs(main.with_called(called))
        self._failed: deque[tuple[str, str]] = deque()

    def begin(self, variables: Mapping[str, Any]) -> None:
        self.world.variables = dict(variables)
        self.run = ProcessRun.start(self.specs, self.world, self.world.trail)
        self._look()

    def do(self, command: Command) -> None:
        self.world.variables.update(command.learned)
        if command.kind == RETRY:
            self.run.retry(next(step for step, element in self._failed if element == command.element))
        else:
            step = next(s for s in self.run.steps if _is_meant(s, command))
            if command.written:
                self.world.remember(dict(command.written), self.run.words_at(step.id))
            if command.kind == "user":
                self.run.complete(step.id)
            else:
                self._fire(step)
        self._look()

    def _fire(self, step: Step) -> None:
        node = self.world.diagram.nodes[step.element_id]
        self.run.fire(step.id, again={"round": 2} if node.repeats else None)

    def _look(self) -> None:
        failures = self.run.failures
        if any(isinstance(failure.error, RunsInCircles) for failure in failures):
            raise RanInCircles
        if self.saves:
            self.run = ProcessRun.restore(self.run.dump(), self.specs, self.world, self.world.trail)
        else:
            self.run.failures = []
        known = dict([*self._failed, *((f.step_id, f.element_id) for f in failures)])
        self._failed = deque((step, element) for step, element in known.items() if self.run.has_failed(step))

    def heard(self) -> Sequence[str]:
        heard, self.world.heard = self.world.heard, []
        return heard

    def seen(self) -> Seen:
        return Seen(
            waiting=Counter(_place(step) for step in self.run.steps),
            failed=Counter(element for _, element in self._failed),
            occupied=frozenset(self.run.occupied),
            is_finished=self.run.is_finished,
            variables={name: value for name, value in self.world.variables.items() if value is not None},
        )


def _is_meant(step: Step, command: Command) -> bool:
    place = (step.element_id, step.kind)
    return place == (command.element, command.kind) and command.words in (None, as_words(step.words))


def _place(step: Step) -> Waiting:
    return step.element_id, step.kind, as_words(step.words)

"""What a gateway reads was written before, on every way that leads there; nothing is read that comes only later."""

from collections.abc import Iterator

from engine.definitions.calling import reached_from
from engine.definitions.lint.data_flow import DataFlow
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.expressions import Written, expressions
from engine.definitions.lint.paths import along_everything, closure
from engine.definitions.lint.writers import Writers
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Process

_READ_AT_ONCE = ("condition", "event_condition", "collection", "timer", "clock_start", "due_date", "input", "script")
_STOPS = ("condition", "event_condition", "collection", "timer", "clock_start")
_MOST_SHOWN = 5


def written_before(draft: Draft) -> Iterator[LintProblem]:
    """Of called diagrams only what they write themselves: the rest is what their callers let them see."""
    is_one_of_two = draft.processes.get(draft.process.key) is not draft.process
    if not draft.is_complete or is_one_of_two or draft.once(_goes_in_circles, lambda: _goes_in_circles(draft)):
        return
    reading = _Reading(draft)
    for written in expressions(draft):
        if written.compiled is not None and not written.takes_any_name and written.place in _READ_AT_ONCE:
            yield from reading.problems(written)


def _goes_in_circles(draft: Draft) -> bool:
    return any(
        call.called is not None and process.key in reached_from(call.called.process, draft.processes)
        for process in draft.processes.values()
        for call in process.each("callActivity")
    )


class _Reading:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.process = draft, draft.process
        self.flows = {flow.id: flow for flow in draft.process.flows}
        self.data = draft.once(DataFlow, lambda: _data_flow(draft))
        self.writers: dict[str, list[Element]] = {}
        for element in draft.process.elements.values():
            for name in _of_bundle(draft).may(element):
                self.writers.setdefault(name, []).append(element)
        self.order = _Order(draft.process)

    def problems(self, written: Written) -> Iterator[LintProblem]:
        flow = self.flows.get(written.element_id)
        at = self.process.elements[flow.source if flow else written.element_id]
        known = self.data.asked(self.process, flow) if flow else self.data.before(self.process, at)
        if known is None or written.compiled is None:
            return
        asked = written.compiled.free_names & self.writers.keys()
        for name in sorted(asked - known - written.compiled.names_that_may_be_null):
            if self._comes_later(name, at):
                severity = "error" if written.place in _STOPS else "warning"
                yield written.problem(
                    "read_before_written", severity, name=at.name or at.id, unwritten=name, by=self._by(name)
                )
            elif flow is not None:
                way = self._way(at, name)
                yield written.problem("not_always_written", "warning", name=at.name or at.id, unwritten=name, way=way)

    def _comes_later(self, name: str, at: Element) -> bool:
        """Whether every step that writes the name lies behind this one, and none of them leads back."""
        if self.process is not self.draft.main:
            return False
        return all(self.order.is_surely_later(writer, at) for writer in self.writers[name])

    def _by(self, name: str) -> str:
        return self.writers[name][0].name or self.writers[name][0].id

    def _way(self, at: Element, name: str) -> str:
        names = [step.name for step in self.data.way_without(self.process, at, name) if step.name]
        shown = names[-_MOST_SHOWN:]
        return " → ".join([*(["…"] if len(names) > len(shown) else []), *shown])


class _Order:
    """Which steps come after which, over all borders of sub-processes."""

    def __init__(self, process: Process) -> None:
        self.process = process
        ahead = {element_id: list(following) for element_id, following in along_everything(process).items()}
        for element in process.elements.values():
            if element.type == "endEvent" and element.parent in ahead:
                ahead[element.id].append(element.parent)
        self.ahead = ahead
        self._after: dict[str, set[str]] = {}
        beside = [e.id for e in process.elements.values() if e.triggered_by_event]
        beside += [e.id for e in process.each("boundaryEvent") if not e.interrupting]
        self._beside = closure(beside, ahead)

    def after(self, element_id: str) -> set[str]:
        if element_id not in self._after:
            self._after[element_id] = closure(self.ahead[element_id], self.ahead)
        return self._after[element_id]

    def is_surely_later(self, writer: Element, at: Element) -> bool:
        """What happens beside the way may happen at any time."""
        if writer.id in self._beside:
            return False
        return writer.id in self.after(at.id) and at.id not in self.after(writer.id) and writer.id != at.id


def _data_flow(draft: Draft) -> DataFlow:
    writers = _of_bundle(draft)
    return DataFlow(draft.processes, writers.sure, writers.may_say)


def _of_bundle(draft: Draft) -> Writers:
    return draft.once(Writers, lambda: Writers(draft))


RULES = (written_before,)

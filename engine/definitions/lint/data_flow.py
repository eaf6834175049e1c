"""Which variables have surely been written when a token comes to a step, whatever way it took."""

from collections.abc import Mapping

from engine.definitions.lint.level_flow import LOOP_COUNTER, NONE, Levels, Names, Says, Writes
from engine.definitions.process import Element, Flow, Process


class DataFlow:
    """All diagrams of a bundle; calls must not go in a circle.

    `writes` gives what a step by itself leaves behind, `says` whether it may give a constant to a name.
    """

    def __init__(self, processes: Mapping[str, Process], writes: Writes, says: Says) -> None:
        self._processes, self._writes, self._says = processes, writes, says
        self._left: dict[str, Names] = {}
        self._flows: dict[str, Levels] = {}
        for key in _callers_first(processes):
            levels = Levels(processes[key], writes, self._left_by, says)
            levels.enter(self._known_to(key))
            self._flows[key] = levels

    def before(self, process: Process, element: Element) -> Names | None:
        """None: no way leads there."""
        return self._flows[process.key].before.get(element.id)

    def asked(self, process: Process, flow: Flow) -> Names | None:
        """When the condition of this flow is asked: those before it did not hold."""
        return self._flows[process.key].asked(flow)

    def way_without(self, process: Process, element: Element, name: str) -> list[Element]:
        return self._flows[process.key].way_without(element, name)

    def _left_by(self, call: Element) -> Names:
        """What is there when a call has ended."""
        if call.outputs or call.called is None or not call.called.returns_all:
            return frozenset(target for _, target in call.outputs)
        key = call.called.process
        if key in self._processes and key not in self._left:
            self._left[key] = NONE
            self._left[key] = Levels(self._processes[key], self._writes, self._left_by, self._says).left_by(key)
        return _given(call) | self._left.get(key, NONE)

    def _known_to(self, key: str) -> Names:
        """What every call of a diagram lets it see."""
        seen = [
            ((levels.before.get(call.id) or NONE) if call.called and call.called.sees_all else NONE) | _given(call)
            for levels in self._flows.values()
            for call in levels.process.each("callActivity")
            if call.called and call.called.process == key
        ]
        return frozenset.intersection(*seen) if seen else NONE


def _given(call: Element) -> Names:
    own = [call.loop.element, LOOP_COUNTER] if call.loop else []
    return frozenset([*own, *(target for _, target in call.inputs)])


def _callers_first(processes: Mapping[str, Process]) -> list[str]:
    found: list[str] = []

    def visit(key: str, way: tuple[str, ...]) -> None:
        if key in processes and key not in found and key not in way:
            for call in processes[key].each("callActivity"):
                visit(call.called.process if call.called else "", (*way, key))
            found.append(key)

    for key in processes:
        visit(key, ())
    return found[::-1]

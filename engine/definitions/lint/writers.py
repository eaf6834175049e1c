"""Who writes a variable: what a step leaves behind in any case, and what it may leave behind."""

from typing import Any

from engine.definitions.lint.draft import Draft
from engine.definitions.lint.variables import context_keys, written_by
from engine.definitions.process import Element, Process
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

Names = frozenset[str]


class Writers:
    """Of all diagrams of a bundle; calls must not go in a circle."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sure: dict[int, Names] = {}
        self._may: dict[int, Names] = {}
        self._coming_back: dict[tuple[str, str, object], bool] = {}
        self._in_diagram: dict[str, Names] = {}

    def sure(self, element: Element) -> Names:
        """Variables that are there once a step was done, whatever way its script took."""
        if id(element) not in self._sure:
            script = element.script if element.script and not element.result_variable else ""
            sure = written_by(self._draft, element) - set(context_keys(script)) | _entries_in_any_case(_tree(script))
            self._sure[id(element)] = frozenset(sure)
        return self._sure[id(element)]

    def may(self, element: Element) -> Names:
        """Variables that it may leave behind, with what comes back from a call."""
        if id(element) not in self._may:
            loop = {element.loop.output_collection} - {""} if element.loop else set()
            self._may[id(element)] = frozenset(loop | written_by(self._draft, element)) | self._of_call(element)
        return self._may[id(element)]

    def may_say(self, element: Element, name: str, value: object) -> bool:
        """Whether this step may give a name this constant; it does not if it gives it another one."""
        if element.called and not element.outputs:
            return self._may_come_back(element, name, value)
        if name not in self.may(element):
            return False
        written = {target: source for source, target in element.outputs}.get(name)
        if written is None and element.script and not element.result_variable:
            return _may_be(dict(getattr(_tree(element.script), "entries", ())).get(name), value)
        return written is None or element.event == "message" or _may_be(_tree(written), value)

    def _of_call(self, call: Element) -> Names:
        if call.called is None or call.outputs or not call.called.returns_all:
            return frozenset()
        key = call.called.process
        if key not in self._in_diagram:
            called = self._called(call)
            steps = called.elements.values() if called else ()
            self._in_diagram[key] = frozenset().union(*(self.may(step) for step in steps))
        return self._in_diagram[key] | {target for _, target in call.inputs}

    def _may_come_back(self, call: Element, name: str, value: object) -> bool:
        if call.called is None or name not in self._of_call(call):
            return False
        key = (call.called.process, name, value)
        if key not in self._coming_back:
            called = self._called(call)
            steps = called.elements.values() if called else ()
            self._coming_back[key] = any(self.may_say(step, name, value) for step in steps)
        return self._coming_back[key] or name in {target for _, target in call.inputs}

    def _called(self, call: Element) -> Process | None:
        return self._draft.processes.get(call.called.process) if call.called else None


def _tree(text: str) -> Any:
    try:
        return compile_expression(strip_equals(text)).tree if text else None
    except FeelSyntaxError:
        return None


def _entries_in_any_case(tree: Any) -> Names:
    """Of a script that is written as a context; of an `if` what both branches have."""
    if hasattr(tree, "then"):
        return _entries_in_any_case(tree.then) & _entries_in_any_case(tree.otherwise)
    return frozenset(key for key, _ in getattr(tree, "entries", ()))


def _may_be(tree: Any, value: object) -> bool:
    if hasattr(tree, "then"):
        return _may_be(tree.then, value) or _may_be(tree.otherwise, value)
    is_constant = hasattr(tree, "value") and not hasattr(tree.value, "children")
    return not is_constant or tree.value == value

"""Which variables exist where: those of the case, those inside one instance of a loop, those of a called diagram."""

from collections.abc import Iterator
from typing import Any

from engine.definitions.lint.draft import Draft
from engine.definitions.process import Element, Process
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

HOST_NAMES = frozenset({"case", "今天", "现在", "期限", "规则", "工作日后"})
LOOP_COUNTER = "loopCounter"
COUNTS = frozenset(
    {"numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances"}
)
CAUGHT_ERROR = frozenset({"errorCode", "errorMessage"})


class Variables:
    """The names that one diagram of a draft knows, by scope: the whole diagram, or a loop and what lies in it."""

    def __init__(self, draft: Draft, process: Process | None = None, *, calling: frozenset[str] = frozenset()) -> None:
        self._draft = draft
        self._process = process or draft.process
        self._calling = calling | {self._process.key}
        self._own: dict[str, set[str]] = {}
        for element in self._process.elements.values():
            self._enter(element)
        self._from_outside = frozenset(self._of_callers())

    def _enter(self, element: Element) -> None:
        written = written_by(self._draft, element) | self._returned_by(element)
        self._own.setdefault(self._scope(element), set()).update(written)
        if element.loop is not None:
            inside = {LOOP_COUNTER, element.loop.element} - {""}
            self._own.setdefault(element.id, set()).update(inside)
            if element.loop.output_collection:
                self._own.setdefault(self._scope_around(element.parent), set()).add(element.loop.output_collection)

    @property
    def of_diagram(self) -> frozenset[str]:
        """What the diagram itself leaves in the variables of the case, or of its call."""
        return frozenset(self._own.get(self._process.key, set()))

    def inside(self, element: Element) -> frozenset[str]:
        """What an expression that belongs to this step may use; within one instance where it is a loop."""
        return self._visible(self._scope(element))

    def around(self, parent: str) -> frozenset[str]:
        """What an expression beside the steps of this (sub-)process may use."""
        return self._visible(self._scope_around(parent))

    def _visible(self, scope: str) -> frozenset[str]:
        found = HOST_NAMES | self._from_outside | self._own.get(self._process.key, set())
        while scope != self._process.key:
            found |= self._own.get(scope, set())
            scope = self._scope_around(self._process.elements[scope].parent)
        return found

    def _scope(self, element: Element) -> str:
        return element.id if element.loop is not None else self._scope_around(element.parent)

    def _scope_around(self, parent: str) -> str:
        """The innermost loop around, else the diagram: plain sub-processes share what lies around them."""
        while parent in self._process.elements and self._process.elements[parent].loop is None:
            parent = self._process.elements[parent].parent
        return parent if parent in self._process.elements else self._process.key

    def returned_to(self, call: Element) -> frozenset[str]:
        """The variables of the called diagram when it ends."""
        called = self._draft.processes.get(call.called.process) if call.called else None
        if called is None or called.key in self._calling:
            return frozenset()
        given = {target for _, target in call.inputs}
        return Variables(self._draft, called, calling=self._calling).of_diagram | given

    def _returned_by(self, element: Element) -> frozenset[str]:
        if element.called is None or element.outputs or not element.called.returns_all:
            return frozenset()
        return self.returned_to(element)

    def _of_callers(self) -> Iterator[str]:
        for caller in self._draft.processes.values():
            for call in caller.each("callActivity"):
                if call.called and call.called.process == self._process.key:
                    yield from (target for _, target in call.inputs)
                    if call.called.sees_all and caller.key not in self._calling:
                        yield from Variables(self._draft, caller, calling=self._calling).inside(call)


def written_by(draft: Draft, element: Element) -> set[str]:
    """Variables that exist once this element was done. What a called diagram returns is not among them."""
    names = {target for _, target in element.outputs}
    form = draft.forms.get(element.form or "")
    if form is not None and not element.outputs:
        names |= form.written_keys
    if element.result_variable:
        names.add(element.result_variable)
    elif element.script:
        names |= set(context_keys(element.script))
    elif element.decision in draft.decisions:
        names |= set(draft.decisions[element.decision].output_names)
    if element.properties.get("clock_variable"):
        names.add(element.properties["clock_variable"])
    return names


def context_keys(script: str) -> tuple[str, ...]:
    """The entries of a script that is written as a FEEL context, else nothing."""
    try:
        return tuple(dict.fromkeys(_keys(compile_expression(strip_equals(script)).tree)))
    except FeelSyntaxError:
        return ()


def _keys(tree: Any) -> Iterator[str]:
    """Both branches of an `if` count. Only a context literal has entries."""
    yield from (key for key, _ in getattr(tree, "entries", ()))
    for branch in ("then", "otherwise"):
        if hasattr(tree, branch):
            yield from _keys(getattr(tree, branch))

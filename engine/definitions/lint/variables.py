"""Which variables exist where: those of the case, those inside one instance of a loop, those of a called diagram."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from engine.definitions.lint.draft import Draft
from engine.definitions.process import Called, Element, Process
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

HOST_NAMES = frozenset({"case", "今天", "现在", "期限", "规则", "工作日后", "日期", "时刻"})
WHO_ACTS = frozenset({"本人"})
LOOP_COUNTER = "loopCounter"
COUNTS = frozenset(
    {"numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances"}
)
CAUGHT_ERROR = frozenset({"errorCode", "errorMessage"})


class Variables:
    """The names that the diagram of a draft knows, worked out together with the diagrams that call it and it calls."""

    def __init__(self, draft: Draft) -> None:
        is_one_of_them = draft.processes.get(draft.process.key) is draft.process
        known = "all" if is_one_of_them else draft.process.key
        self._diagrams = draft.once((Variables, known), lambda: _diagrams(draft))
        self._own = self._diagrams[draft.process.key]

    def inside(self, element: Element) -> frozenset[str]:
        """What an expression that belongs to this step may use; within one instance where it is a loop."""
        return self._own.visible(self._own.scope(element))

    def around(self, parent: str) -> frozenset[str]:
        """What an expression beside the steps of this (sub-)process may use."""
        return self._own.visible(self._own.scope_around(parent))

    def by_scope(self) -> Mapping[str, Set[str]]:
        """What is written in each scope, without the names of the host; the diagram has what its calls give it."""
        own = self._own
        return {**own.names, own.process.key: own.names[own.process.key] | own.outside - HOST_NAMES}

    def returned_to(self, call: Element) -> frozenset[str]:
        """The variables of the called diagram when it ends."""
        called = self._diagrams.get(call.called.process) if call.called else None
        return frozenset(called.names[called.process.key] if called else ()) | {target for _, target in call.inputs}


class _Diagram:
    """`names` are those written in each scope: the whole diagram, or a loop and what lies in it.

    `outside` are those that calls of this diagram let it see.
    """

    def __init__(self, draft: Draft, process: Process) -> None:
        self.process = process
        self.names: dict[str, set[str]] = {process.key: set()}
        self.outside: set[str] = set()
        self._given: dict[str, set[str]] = {}
        self._returning: set[tuple[str, str]] = set()
        self._seeing: set[tuple[str, str]] = set()
        self._visible: dict[str, frozenset[str]] = {}
        for element in process.elements.values():
            self._enter(element, written=written_by(draft, element))

    def _enter(self, element: Element, *, written: set[str]) -> None:
        scope = self.scope(element)
        self.names.setdefault(scope, set()).update(written)
        if element.loop is not None:
            self.names[scope] |= {LOOP_COUNTER, element.loop.element} - {""}
            around = self.names.setdefault(self.scope_around(element.parent), set())
            around |= {element.loop.output_collection} - {""}
        if element.called is not None:
            self._enter_call(element.called, element, scope=scope)

    def _enter_call(self, called: Called, call: Element, *, scope: str) -> None:
        self._given.setdefault(called.process, set()).update(target for _, target in call.inputs)
        if called.sees_all:
            self._seeing.add((scope, called.process))
        if called.returns_all and not call.outputs:
            self._returning.add((scope, called.process))
            self.names[scope] |= {target for _, target in call.inputs}

    def take_back(self, diagrams: Mapping[str, "_Diagram"]) -> int:
        """The variables of called diagrams; gives how many were new."""
        calls = [(scope, diagrams[key]) for scope, key in self._returning if key in diagrams]
        return sum(_add(self.names[scope], called.names[called.process.key]) for scope, called in calls)

    def hand_down(self, diagrams: Mapping[str, "_Diagram"]) -> int:
        """What called diagrams may see; gives how many names were new to them."""
        seen = [(self._so_far(scope), diagrams[key]) for scope, key in self._seeing if key in diagrams]
        given = [(names, diagrams[key]) for key, names in self._given.items() if key in diagrams]
        return sum(_add(called.outside, names) for names, called in (*seen, *given))

    def visible(self, scope: str) -> frozenset[str]:
        """Asked when all is handed down: one set for each scope, which is compared and hashed once."""
        if scope not in self._visible:
            self._visible[scope] = self._so_far(scope)
        return self._visible[scope]

    def _so_far(self, scope: str) -> frozenset[str]:
        found = HOST_NAMES | self.outside | self.names[self.process.key]
        while scope != self.process.key:
            found |= self.names.get(scope, set())
            scope = self.scope_around(self.process.elements[scope].parent)
        return found

    def scope(self, element: Element) -> str:
        return element.id if element.loop is not None else self.scope_around(element.parent)

    def scope_around(self, parent: str) -> str:
        """The innermost loop around, else the diagram: plain sub-processes share what lies around them."""
        elements = self.process.elements
        while parent in elements and elements[parent].loop is None:
            parent = elements[parent].parent
        return parent if parent in elements else self.process.key


def _diagrams(draft: Draft) -> dict[str, _Diagram]:
    found = {p.key: _Diagram(draft, p) for p in (*draft.processes.values(), draft.process)}
    while sum(diagram.take_back(found) for diagram in found.values()):
        continue
    while sum(diagram.hand_down(found) for diagram in found.values()):
        continue
    return found


def _add(names: set[str], more: Set[str]) -> int:
    before = len(names)
    names |= more
    return len(names) - before


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
    kept = (element.properties.get(name) for name in ("clock_variable", "negotiation_variable"))
    return names | {name for name in kept if name}


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

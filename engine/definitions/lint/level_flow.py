"""A plain must-analysis of one diagram: what has surely been written before each of its steps.

Ways that exclude each other keep what all of them wrote, ways that run side by side what any of them wrote; a boundary
event knows only what was there before its activity began. None stands for "no way leads there".
"""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from engine.definitions.lint.paths import along_flows, turned
from engine.definitions.process import Element, Flow, Process
from engine.feel import Expression, FeelSyntaxError, compile_expression, strip_equals

Names = frozenset[str]
Writes = Callable[[Element], Names]
NONE: Names = frozenset()
Says = Callable[[Element, str, object], bool]
LOOP_COUNTER = "loopCounter"
_MOST_ROUNDS = 6
# Enough for loops within loops that people draw; of a hostile diagram less is then said, never too much.
_MOST_SWEEPS = 40


def all_of(sets: Iterable[Names | None]) -> Names | None:
    known = [names for names in sets if names is not None]
    return frozenset.intersection(*known) if known else None


def any_of(sets: Iterable[Names | None]) -> Names | None:
    listed = list(sets)
    known = [names for names in listed if names is not None]
    return NONE.union(*known) if listed and len(known) == len(listed) else None


class Levels:
    """`left_by` works from the ends to the start, inner levels first; `enter` from the start on, outer levels first."""

    def __init__(self, process: Process, writes: Writes, left_by_call: Writes, says: Says) -> None:
        self.process, self._writes, self._left_by_call, self._says = process, writes, left_by_call, says
        self._meant: dict[tuple[str, object], Names] = {}
        self._own: dict[str, Names] = {}
        self._ruled_out: dict[str, Names] = {}
        self.before: dict[str, Names | None] = {}
        self._left: dict[str, Names] = {}
        self._ahead = along_flows(process)
        self._behind = turned(self._ahead)

    def left_by(self, scope: str) -> Names:
        """What is surely written when a (sub-)process is over."""
        if scope not in self._left:
            self._left[scope] = self._worked_out(scope)
        return self._left[scope]

    def enter(self, known: Names) -> None:
        """Again as long as what is known where a constant is written tells more about where it is asked for."""
        self._enter(self.process.key, known)
        for _ in range(_MOST_ROUNDS):
            meant = {fact: all_of(map(self._done, writers)) or NONE for fact, writers in self._sayers.items()}
            if meant == self._meant:
                break
            self._meant, self.before = meant, {}
            self._enter(self.process.key, known)

    @cached_property
    def _facts(self) -> frozenset[tuple[str, object]]:
        """The constants that conditions ask for."""
        texts = [flow.condition for flow in self.process.flows]
        texts += [text for e in self.process.elements.values() for text in (e.offered_when, e.condition)]
        found = (_compiled(text) for text in texts if text)
        return frozenset(fact for expression in found if expression for fact in expression.equalities_if_true)

    @cached_property
    def _sayers(self) -> dict[tuple[str, object], list[str]]:
        """The steps that may have given a name this constant; what is known behind all of them is known then."""
        elements = self.process.elements.values()
        return {fact: [e.id for e in elements if self._says(e, *fact)] for fact in self._facts}

    def _if_true(self, condition: str) -> Names:
        expression = _compiled(condition)
        if expression is None:
            return NONE
        return expression.names_if_true.union(*(self._meant.get(fact, NONE) for fact in expression.equalities_if_true))

    def asked(self, flow: Flow) -> Names | None:
        done = self._done(flow.source)
        return None if done is None else done | self._refused(flow)

    def _in_order(self, scope: str) -> list[Element]:
        """As the flows lead, so that little has to be looked at twice."""
        level = {element.id: element for element in self.process.within(scope)}
        left = [e.id for e in level.values() if e.type == "startEvent"]
        found: dict[str, Element] = {}
        while left:
            element_id = left.pop(0)
            if element_id not in found and element_id in level:
                found[element_id] = level[element_id]
                left += [*self._ahead[element_id], *(event.id for event in self._on.get(element_id, ()))]
        return list({**found, **level}.values())

    # From the ends

    def _worked_out(self, scope: str) -> Names:
        level = self._in_order(scope)
        side_by_side = all_of if any(e.event == "terminate" for e in level) else any_of
        ahead: dict[str, Names | None] = dict.fromkeys((e.id for e in level), None)
        for _ in range(_MOST_SWEEPS):
            before = dict(ahead)
            for element in reversed(level):
                ahead[element.id] = self._from_here(element, ahead, side_by_side)
            if ahead == before:
                break
        ways = [ahead[e.id] for e in level if e.type == "startEvent"]
        ways += [self.left_by(e.id) for e in level if e.triggered_by_event and self._breaks_off(e)]
        return all_of(ways) or NONE

    def _from_here(
        self,
        element: Element,
        ahead: dict[str, Names | None],
        side_by_side: Callable[[Iterable[Names | None]], Names | None],
    ) -> Names | None:
        if element.type == "endEvent" and element.event == "error":
            return None  # the level does not end in this way
        following = [ahead[i] for i in self._ahead[element.id] if i in ahead]
        rest = (side_by_side if element.type == "parallelGateway" else all_of)(following) if following else NONE
        own = self._by(element)
        ways = [rest | own if rest is not None else None]
        breaking = [e for e in self._on.get(element.id, ()) if e.interrupting and e.event != "compensation"]
        ways += [any_of([ahead[event.id], self._at_once(element)]) for event in breaking]
        return all_of(ways)

    def _breaks_off(self, body: Element) -> bool:
        return any(start.type == "startEvent" and start.interrupting for start in self.process.within(body.id))

    # From the start

    def _enter(self, scope: str, entry: Names) -> None:
        level = self._in_order(scope)
        for _ in range(_MOST_SWEEPS):
            before = [self.before.get(element.id) for element in level]
            for element in level:
                self.before[element.id] = self._coming(element, entry)
            if before == [self.before[element.id] for element in level]:
                break
        for element in level:
            known = self.before[element.id]
            if element.type == "subProcess" and known is not None:
                loop = {element.loop.element, LOOP_COUNTER} if element.loop else set()
                self._enter(element.id, known | self._at_once(element) | loop)

    def _coming(self, element: Element, entry: Names) -> Names | None:
        if element.type == "startEvent":
            return entry
        if element.triggered_by_event:
            starts = (e for e in self.process.within(element.parent) if e.type == "startEvent")
            return entry.union(*(self._by(start) for start in starts))
        if element.attached_to:
            host = self.process.elements[element.attached_to]
            known = self._done(host.id) if element.event == "compensation" else self.before.get(host.id)
            return None if known is None else known | self._at_once(host)
        if element.for_compensation:
            return all_of(
                self._done(e.attached_to or "") for e in self.process.elements.values() if e.handler == element.id
            )
        flows = self.process.into(element.id)
        ways = [self._along(flow) for flow in flows]
        ways += [self._done(i) for i in self._behind[element.id] if i not in {flow.source for flow in flows}]
        is_join = element.type == "parallelGateway" and len(flows) > 1
        return any_of(ways) if is_join else all_of(ways)

    def _along(self, flow: Flow) -> Names | None:
        asked = self.asked(flow)
        return asked if asked is None or flow.condition is None else asked | self._if_true(flow.condition)

    def _refused(self, flow: Flow) -> Names:
        if flow.id not in self._ruled_out:
            self._ruled_out[flow.id] = NONE.union(*(_if_not_true(text) for text in self._earlier(flow)))
        return self._ruled_out[flow.id]

    def _earlier(self, flow: Flow) -> list[str]:
        """The conditions that did not hold when this flow is asked or taken, of a gateway that takes one way."""
        gateway = self.process.elements.get(flow.source)
        if gateway is None or gateway.type != "exclusiveGateway":
            return []
        others = self.process.out_of(flow.source)
        if not flow.is_default:
            others = others[: others.index(flow)]
        return [other.condition for other in others if other.condition is not None and other is not flow]

    def _done(self, element_id: str) -> Names | None:
        known = self.before.get(element_id)
        if known is None:
            return None
        element = self.process.elements[element_id]
        holds = [text for text in (element.offered_when, element.condition) if text]
        return known.union(self._by(element), *(self._if_true(text) for text in holds))

    def way_without(self, element: Element, name: str) -> list[Element]:
        """The steps of a way to this one on which nobody writes the name, from the start of the diagram on."""
        way, seen = [element], {element.id}
        while (before := self._step_without(way[-1], name)) is not None and before.id not in seen:
            way.append(before)
            seen.add(before.id)
        return way[::-1]

    def _step_without(self, element: Element, name: str) -> Element | None:
        elements = self.process.elements
        if element.type == "startEvent" or element.triggered_by_event:
            return elements.get(element.parent)
        if element.attached_to:
            return elements[element.attached_to]
        for flow in self.process.into(element.id):
            known = self._along(flow)
            if known is not None and name not in known:
                return elements[flow.source]
        links = (elements[i] for i in self._behind[element.id] if elements[i].event == "link")
        return next(links, None)

    # Of one step

    def _by(self, element: Element) -> Names:
        """What a step has written when it is done, with the clocks that hang on it."""
        if element.id not in self._own:
            self._own[element.id] = self._written(element)
        return self._own[element.id]

    def _written(self, element: Element) -> Names:
        if element.loop is not None:
            own = frozenset({element.loop.output_collection} - {""})
        elif element.type == "subProcess":
            own = self.left_by(element.id)
        else:
            own = self._left_by_call(element) if element.called else self._writes(element)
        return own | self._at_once(element)

    def _at_once(self, host: Element) -> Names:
        """Clocks on an activity are there as soon as it begins."""
        clocks = (event.properties.get("clock_variable") for event in self._on.get(host.id, ()))
        return frozenset(name for name in (*clocks, host.properties.get("clock_variable")) if name)

    @cached_property
    def _on(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for event in self.process.each("boundaryEvent"):
            found.setdefault(event.attached_to or "", []).append(event)
        return found


def _if_not_true(condition: str) -> Names:
    expression = _compiled(condition)
    return expression.names_if_not_true if expression else NONE


@lru_cache(maxsize=4096)
def _compiled(condition: str) -> Expression | None:
    """None: it cannot be read, which is told elsewhere."""
    try:
        return compile_expression(strip_equals(condition))
    except FeelSyntaxError:
        return None

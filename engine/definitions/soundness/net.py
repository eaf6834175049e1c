"""The moves that a level allows, as the engine makes them; what data decides is left open.

A state is where the tokens of one level are. What runs inside an activity is proven on its own and known here by its
outcomes. Joins and gateways move before anything else; of moves that do not touch each other one order is enough.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from engine.definitions.process import Element, Flow
from engine.definitions.soundness.beside import independent
from engine.definitions.soundness.frame import ANY, Frames, Outcomes, catches_error, interrupts
from engine.definitions.soundness.level import WAITED_FOR, Level
from engine.definitions.soundness.staying import is_for_people, is_instant, is_prompt, kind_of, may_stay, own_errors
from engine.definitions.soundness.waiting import Reach

# The branches of inclusive gateways and the events beside the way by which a token has come.
Origin = tuple[str, ...]
Token = tuple[str, Origin]
State = tuple[Token, ...]
OVER: State = ()
MOST_WAYS = 6
T = TypeVar("T")


@dataclass(frozen=True)
class Move:
    """`thrown`: what goes out of the level by it; `stops`: the level is broken off by what catches it outside."""

    element: str
    kind: str
    flows: tuple[str, ...]
    after: State
    thrown: tuple[str, str | None] | None = None
    stops: bool = False


class Net:
    def __init__(self, level: Level, frames: Frames, outcomes: Callable[[Element], Outcomes]) -> None:
        self.level, self.frames, self.outcomes = level, frames, outcomes
        self.reach = {e.id: Reach(level, e.id) for e in level.joins.values() if e.type == "inclusiveGateway"}
        throwing = lambda element: outcomes(element).throws  # noqa: E731
        self.apart = independent(level, throwing)

    def initial(self) -> State:
        return _sorted([(start.id, ()) for start in self.level.starts])

    def beside(self, event_id: str) -> Move:
        """What runs on its own once this event beside the way has happened."""
        return self._leave([], self.level.elements[event_id], (), "happens")

    def is_settled(self, state: State) -> bool:
        """Whether nothing more happens that needs neither a person nor an event nor work."""
        if any(is_instant(e) or is_prompt(e) for e in self._elements(state)):
            return False
        return not any(move.kind == "joins" for move in self.moves(state))

    def _elements(self, state: State) -> list[Element]:
        return [self.level.elements[place] for place, _ in state if place in self.level.elements]

    def moves(self, state: State) -> list[Move]:
        for join in self.level.joins.values():
            arrived = self._arrived(state, join)
            if join.type == "parallelGateway" and len(arrived) == len(self.level.into(join.id)):
                return list(self._joining(state, join, arrived))
        for token in state:
            element = self.level.elements.get(token[0])
            if element is not None and is_instant(element):
                return list(self._at(state, token, element))
        return self._others(state)

    def _others(self, state: State) -> list[Move]:
        at = [
            (token, self.level.elements[token[0]]) for token in dict.fromkeys(state) if token[0] in self.level.elements
        ]
        if all(may_stay(element) for _, element in at):
            for join_id, reach in self.reach.items():
                join = self.level.joins[join_id]
                arrived = self._arrived(state, join)
                if arrived and reach.may_fire(set(arrived), self._elsewhere(state, join)):
                    return list(self._joining(state, join, arrived))
        found = [move for token, element in at for move in self._at(state, token, element)]
        if any(is_prompt(element) for _, element in at):
            return [move for move in found if not self._needs_somebody(move)]
        return found + (list(self._happening(state)) if state else [])

    def _needs_somebody(self, move: Move) -> bool:
        """Before a person or an event comes, everything has happened that needs neither."""
        element = self.level.elements.get(move.element)
        if element is None:
            return False
        return element.event in WAITED_FOR if move.kind == "happens" else is_for_people(element)

    # Joins

    def _arrived(self, state: State, join: Element) -> dict[str, Token]:
        """The first token on each incoming flow."""
        found: dict[str, Token] = {}
        for token in state:
            if token[0] in self.level.join_of and self.level.join_of[token[0]].id == join.id:
                found.setdefault(token[0], token)
        return found

    def _elsewhere(self, state: State, join: Element) -> set[str]:
        places = (self.level.join_of[p].id if p in self.level.join_of else p for p, _ in state)
        return {place for place in places if place != join.id}

    def _joining(self, state: State, join: Element, arrived: dict[str, Token]) -> Iterator[Move]:
        rest, origin = _joined(state, arrived)
        yield from self._ways(rest, join, origin, "joins")

    # Tokens

    def _at(self, state: State, token: Token, element: Element) -> Iterator[Move]:
        rest, origin = _without(state, token), token[1]
        if element.triggered_by_event:
            yield from self._body(state, rest, element)
        elif element.type == "eventBasedGateway":
            for flow in self.level.out_of(element.id):
                yield self._leave(rest, self.level.elements[flow.target], origin, "happens", before=flow.id)
        elif element.type.endswith("Gateway"):
            yield from self._ways(rest, element, origin, "passes")
        elif element.event == "terminate":
            yield Move(element.id, "terminates", (), OVER)
        elif element.event == "error" and element.type == "endEvent":
            yield from self._error(element, element.error_code or "", deaf=self._is_deaf(state))
        elif element.event == "escalation" and element.throws:
            yield from self._escalation(state, rest, element, origin)
        else:
            yield from self._activity(state, rest, element, origin)

    def _activity(self, state: State, rest: list[Token], element: Element, origin: Origin) -> Iterator[Move]:
        outcomes = self.outcomes(element)
        if outcomes.completes:
            yield self._leave(rest, element, origin, kind_of(element))
        for event in self.level.on(element.id):
            if event.event in WAITED_FOR and outcomes.waits:
                yield from self._boundary(state, rest, event, origin)
        yield from self._thrown(state, rest, element, origin, outcomes)

    def _boundary(self, state: State, rest: list[Token], event: Element, origin: Origin) -> Iterator[Move]:
        if event.interrupting:
            yield self._leave(rest, event, origin, "happens")
        elif event.id in self.apart:
            yield Move(event.id, "happens", (), state)
        elif not any(event.id in token[1] for token in state):
            yield self._leave(list(state), event, (*origin, event.id), "happens")

    def _thrown(
        self, state: State, rest: list[Token], element: Element, origin: Origin, outcomes: Outcomes
    ) -> Iterator[Move]:
        events = self.level.on(element.id)
        for code in outcomes.errors | own_errors(element):
            fitting = _fitting([e for e in events if e.event == "error"], code, lambda e: e.error_code)
            for event in fitting:
                yield self._leave(rest, event, origin, "happens")
            if not fitting or (code is ANY and all(e.error_code for e in fitting)):
                yield from self._error(element, code, deaf=self._is_deaf(state))
        for code in outcomes.escalations:
            fitting = _fitting([e for e in events if e.event == "escalation"], code, lambda e: e.escalation_code)
            for event in fitting:
                yield from self._boundary(state, rest, event, origin)
            if not fitting:
                yield from self._escalated(state, list(state), element, code)

    def _body(self, state: State, rest: list[Token], body: Element) -> Iterator[Move]:
        """An event sub-process runs."""
        outcomes = self.outcomes(body)
        if outcomes.completes:
            yield Move(body.id, "completes", (), _sorted(rest))
        for code in outcomes.errors:
            yield from self._error(body, code, deaf=self._is_deaf(state))
        for code in outcomes.escalations:
            yield from self._escalated(state, list(state), body, code)

    # What is thrown

    def _error(self, thrower: Element, code: str | None, *, deaf: bool) -> Iterator[Move]:
        aside = [] if deaf else [(b, s) for b, s in self.level.aside if s.event == "error" and b.id != thrower.id]
        fitting = _fitting(aside, code, lambda one: one[1].error_code)
        for body, start in fitting:
            yield Move(start.id, "happens", (), ((body.id, ()),))
        if fitting and (code is not ANY or any(s.error_code is None for _, s in fitting)):
            return
        if code is not ANY or catches_error(self.frames, code):
            yield Move(thrower.id, "throws", (), OVER, ("error", code), True)

    def _escalation(self, state: State, rest: list[Token], element: Element, origin: Origin) -> Iterator[Move]:
        gone_on = self._leave(rest, element, origin, "throws")
        yield from self._escalated(state, list(gone_on.after), element, element.escalation_code or "", gone_on.flows)

    def _escalated(
        self, state: State, after: list[Token], thrower: Element, code: str, flows: tuple[str, ...] = ()
    ) -> Iterator[Move]:
        aside = [(b, s) for b, s in self.level.aside if s.event == "escalation" and b.id != thrower.id]
        for body, start in [] if self._is_deaf(state) else _fitting(aside, code, lambda one: one[1].escalation_code):
            token: Token = (body.id, ())
            kept = [token] if start.interrupting else [*after, *([] if token in after else [token])]
            yield Move(start.id, "happens", () if start.interrupting else flows, _sorted(kept))
            return
        stops = interrupts(self.frames, code) is True
        yield Move(thrower.id, "throws", flows, OVER if stops else _sorted(after), ("escalation", code), stops)

    def _happening(self, state: State) -> Iterator[Move]:
        """Events beside the level, whenever they like."""
        if self._is_deaf(state):
            return
        for body, start in self.level.aside:
            if start.event not in WAITED_FOR:
                continue
            token: Token = (body.id, ())
            if start.interrupting:
                yield Move(start.id, "happens", (), (token,))
            elif not self.outcomes(body).throws:
                yield Move(start.id, "happens", (), state)
            elif token not in state:
                yield Move(start.id, "happens", (), _sorted([*state, token]))

    def _is_deaf(self, state: State) -> bool:
        """Once an interrupting event sub-process has begun, nothing else of its level listens."""
        bodies = {body.id for body, start in self.level.aside if start.interrupting}
        return any(place in bodies for place, _ in state)

    # Ways

    def _ways(self, rest: list[Token], gateway: Element, origin: Origin, kind: str) -> Iterator[Move]:
        flows = self.level.out_of(gateway.id)
        if len(flows) < 2 or gateway.type == "parallelGateway":
            yield self._take(rest, gateway, [(flow, origin) for flow in flows], kind)
            return
        for flow in flows:
            yield self._take(rest, gateway, [(flow, origin)], kind)
        if gateway.type == "inclusiveGateway":
            asked = [flow for flow in flows if not flow.is_default][:MOST_WAYS]
            for size in range(2, len(asked) + 1):
                for chosen in combinations(asked, size):
                    yield self._take(rest, gateway, [(flow, _by(origin, flow.id)) for flow in chosen], kind)

    def _take(self, rest: list[Token], element: Element, ways: list[tuple[Flow, Origin]], kind: str) -> Move:
        after = rest + [(self.level.place(flow), origin) for flow, origin in ways]
        return Move(element.id, kind, tuple(flow.id for flow, _ in ways), _sorted(after))

    def _leave(self, rest: list[Token], element: Element, origin: Origin, kind: str, *, before: str = "") -> Move:
        if element.event == "link" and element.type == "intermediateThrowEvent":
            end = self.level.link_end(element)
            return Move(element.id, kind, (), _sorted(rest + ([(end, origin)] if end else [])))
        move = self._take(rest, element, [(flow, origin) for flow in self.level.out_of(element.id)], kind)
        return Move(move.element, kind, (before, *move.flows), move.after) if before else move


def _fitting(catchers: list[T], code: str | None, code_of: Callable[[T], str | None]) -> list[T]:
    """The exact code goes before a catcher of every code; of a code that is not known, all may catch."""
    if code is ANY:
        return catchers
    for wanted in (code, ANY):
        found = [one for one in catchers if code_of(one) == wanted]
        if found:
            return found[:1]
    return []


def _by(origin: Origin, flow: str) -> Origin:
    return origin if flow in origin else (*origin, flow)


def _joined(state: State, arrived: dict[str, Token]) -> tuple[list[Token], Origin]:
    rest = list(state)
    for token in arrived.values():
        rest.remove(token)
    origins = [token[1] for token in arrived.values()]
    common: Origin = ()
    for parts in zip(*origins, strict=False):
        if len(set(parts)) > 1:
            break
        common += parts[:1]
    return rest, origins[0] if len(set(origins)) == 1 else common


def _without(state: State, token: Token) -> list[Token]:
    rest = list(state)
    rest.remove(token)
    return rest


def _sorted(tokens: list[Token]) -> State:
    return tuple(sorted(tokens))

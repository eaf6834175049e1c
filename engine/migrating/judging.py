"""Says of a saved state whether it fits another version; cases that stand alike are looked at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from engine.definitions.kept import Kept
from engine.definitions.process import Process
from engine.definitions.soundness.standing import no_way_on
from engine.errors import Problem
from engine.migrating.matching import Matching
from engine.migrating.outlook import Verdict
from engine.spiff import token_state
from engine.spiff.carrying_over import CarriedOver, carry_over
from engine.spiff.host import Host, StepFailed
from engine.spiff.scope import Tokens
from engine.spiff.spec_building import Specs
from engine.spiff.standing import occupied, standing_of
from engine.spiff.trail import Trail

MOST_SHAPES = 10_000


class NobodyToAsk(StepFailed):
    """Nothing is worked out while somebody only looks whether a case would fit."""


class Bystander:
    """A host that does nothing and knows nothing."""

    def decide(self, *asked: object) -> NoReturn:
        raise NobodyToAsk()

    evaluate = perform = announce = remember = decide

    def note(self, what: str, element_id: str) -> None:
        """Nothing is written down."""


@dataclass(frozen=True)
class Judgement:
    """`at`: ids of the old elements where the case stands."""

    verdict: Verdict
    at: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """The same for all of which the same is to be said."""
        return self.verdict, self.at, tuple((problem.code, problem.element_id) for problem in self.problems)


@dataclass
class Judge:
    """Of two diagrams, which never change: it may be kept, and asked by many at once."""

    matching: Matching
    before: Specs
    after: Specs
    _known: Kept[Judgement] = field(default_factory=lambda: Kept(MOST_SHAPES))

    def judge(self, state: bytes) -> Judgement:
        """Raises UnreadableState."""
        tokens = token_state.load(state, self.before, _BYSTANDER, Trail())
        return self._judged(tokens, lambda: self.carry(tokens, _BYSTANDER, Trail()))

    def carry(self, tokens: Tokens, host: Host, trail: Trail) -> CarriedOver:
        """The tokens in the new diagram; nothing has moved yet."""
        return carry_over(tokens, Tokens(self.after, host, trail), self.matching.targets, self.matching.anew)

    def faults(self, tokens: Tokens, carried: CarriedOver) -> tuple[Problem, ...]:
        """Why these tokens cannot just go on in the new diagram."""
        return self._judged(tokens, lambda: carried).problems

    def _judged(self, tokens: Tokens, carry: Callable[[], CarriedOver]) -> Judgement:
        key = _signature(tokens)
        known = self._known.find(key)
        if known is None:
            known = self._judge(tokens, carry())
            self._known.keep(key, known)
        return known

    def _judge(self, tokens: Tokens, carried: CarriedOver) -> Judgement:
        problems = _faults(tokens, carried, self.matching)
        if not problems:
            return Judgement(Verdict.MOVES, occupied(tokens))
        needs_choice = bool(carried.homeless or carried.misplaced)
        return Judgement(Verdict.CHOICE if needs_choice else Verdict.STAYS, occupied(tokens), problems)


def _faults(old: Tokens, carried: CarriedOver, matching: Matching) -> tuple[Problem, ...]:
    """Why these tokens cannot just go on in the new diagram. What could not end in the old one either may move."""
    before = matching.before.elements
    named = {"place_is_gone": carried.homeless, "no_place_there": carried.misplaced}
    problems = [_problem(code, id_, before) for code, ids in named.items() for id_ in dict.fromkeys(ids)]
    if problems:
        return tuple(problems)
    stuck = _stuck(matching.after, carried.tokens)
    if stuck and _stuck(matching.before, old):
        return ()
    return tuple(_problem("would_not_end", id_, matching.after.elements) for id_ in dict.fromkeys(stuck))


def _stuck(process: Process, tokens: Tokens) -> tuple[str, ...]:
    """Elements from which there is no way to the end; none where nobody can say."""
    return no_way_on(process, diagrams(process), standing_of(tokens)) or ()


def diagrams(process: Process) -> Mapping[str, Process]:
    return {process.key: process, **process.called}


def _problem(code: str, element_id: str, elements: Mapping[str, Any]) -> Problem:
    element = elements.get(element_id)
    names = {"step": element.name or element_id, "step_en": element.name_en or element.name} if element else {}
    return Problem(path=f"choices.{element_id}", code=code, params=names or {"step": element_id}, element_id=element_id)


def _signature(tokens: Tokens) -> tuple[Any, ...]:
    """The same for cases whose tokens stand alike, whatever they are about."""
    places: dict[Any, int] = {}
    rows = []
    for owner, scope in tokens.scopes.items():
        for number, token in enumerate(scope.tasks.values()):
            places[token.id] = len(places)
            parent = places.get(token._parent, -1)
            rows.append((places.get(owner, -1), number, parent, token.task_spec.name, token._state, token.via))
    return tuple(rows)


_BYSTANDER: Host = Bystander()  # type: ignore[assignment]

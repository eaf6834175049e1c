"""Text in, something that can be worked out again and again out."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice

from engine.feel import absence, analysis, clauses, mistakes, shown
from engine.feel.compiler import build
from engine.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.feel.limits import MAX_CALL_DEPTH, MAX_DEPTH, Run
from engine.feel.parser import Parser
from engine.feel.scope import Compiled, Scope
from engine.feel.syntax import Node

_CACHE_SIZE = 4096
_MAX_MISTAKES = 20


class _Compiled:
    def __init__(self, *, source: str, tree: Node, names: Collection[str]) -> None:
        self.source = source
        self.tree = tree
        self.free_names = analysis.free_names(tree, names)
        self._run: Compiled = build(tree)
        self._mistakes: dict[frozenset[str], tuple[FeelSyntaxError, ...]] = {}

    def mistakes(self, known: Collection[str]) -> tuple[FeelSyntaxError, ...]:
        """What the standard allows but nobody means, from left to right; `known` are the names outside.

        Of very many only some are given.
        """
        names = known if isinstance(known, frozenset) else frozenset(known)
        if names not in self._mistakes:
            found = list(islice(mistakes.mistakes(self.source, self.tree, names), _MAX_MISTAKES))
            for mistake in found:
                mistake.inside(self.source)
            self._mistakes[names] = tuple(sorted(found, key=lambda mistake: mistake.position))
        return self._mistakes[names]

    def _evaluate(self, names: Mapping[str, object], outer: Mapping[str, object] | None, run: Run) -> object:
        try:
            return self._run(Scope(names, None if outer is None else Scope(outer, None, run), run))
        except FeelEvaluationError as error:
            error.inside(self.source)
            raise
        except RecursionError as refusal:
            error = FeelEvaluationError("too_many_calls", limit=MAX_CALL_DEPTH)
            error.inside(self.source)
            raise error from refusal


class Expression(_Compiled):
    """A compiled expression."""

    def evaluate(self, context: Mapping[str, object], *, run: Run | None = None) -> object:
        """The value; a name the context does not have is null. Raises FeelEvaluationError.

        Expressions that are given the same `run` share its limits.
        """
        return self._evaluate(context, None, run or Run(context))

    @property
    def names_in_filters(self) -> frozenset[str]:
        """Names used inside filters, which may be entries of the filtered elements or come from outside."""
        return analysis.names_in_filters(self.tree)

    @cached_property
    def names_shown(self) -> frozenset[str]:
        """Names from outside whose values may be in the value; not those that are only counted or compared."""
        return shown.shown_names(self.tree) & self.free_names

    @cached_property
    def names_that_may_be_null(self) -> frozenset[str]:
        """Names of which it asks itself whether they have a value, or for which it has an answer without one."""
        return absence.asks_for_null(self.tree)

    @cached_property
    def names_if_true(self) -> frozenset[str]:
        """Names that have a value whenever this is true."""
        return absence.needed_to_be_true(self.tree)

    @cached_property
    def equalities_if_true(self) -> frozenset[tuple[str, object]]:
        """Names with the constant that they are whenever this is true."""
        return absence.equalities_if_true(self.tree)

    @cached_property
    def names_if_not_true(self) -> frozenset[str]:
        """Names that have a value whenever this is false or null."""
        return absence.needed_to_be_false(self.tree)


class UnaryTests(_Compiled):
    """A compiled cell of a decision table."""

    def matches(self, value: object, context: Mapping[str, object], *, run: Run | None = None) -> bool:
        """Whether the cell accepts a value; `?` is that value. Raises FeelEvaluationError."""
        return self._evaluate({"?": value}, context, run or Run(context)) is True


def strip_equals(text: str) -> str:
    """Text without the leading `=` that modellers put before an expression."""
    stripped = text.strip()
    return stripped[1:].lstrip() if stripped.startswith("=") else stripped


def compile_expression(source: str, *, names: Iterable[str] = ()) -> Expression:
    """Read an expression; `names` are the variables known to exist. Raises FeelSyntaxError."""
    return _expression(source, names if isinstance(names, frozenset) else frozenset(names))


def compile_unary_tests(source: str, *, names: Iterable[str] = ()) -> UnaryTests:
    """Read a cell such as `>= 1000, [1..5), not("a")` or `-`. Raises FeelSyntaxError."""
    return _unary_tests(source, names if isinstance(names, frozenset) else frozenset(names))


@lru_cache(maxsize=_CACHE_SIZE)
def _expression(source: str, names: frozenset[str]) -> Expression:
    return Expression(source=source, tree=_parsed(source, names, tests=False), names=names)


@lru_cache(maxsize=_CACHE_SIZE)
def _unary_tests(source: str, names: frozenset[str]) -> UnaryTests:
    return UnaryTests(source=source, tree=_parsed(source, names, tests=True), names=names)


def _parsed(source: str, names: frozenset[str], *, tests: bool) -> Node:
    try:
        parser = Parser(source, names)
        if tests:
            return clauses.unary_tests(parser)
        tree = parser.expression()
        parser.end()
        return tree
    except RecursionError as refusal:
        error = FeelSyntaxError("too_deep", limit=MAX_DEPTH)
        error.inside(source)
        raise error from refusal
    except FeelSyntaxError as error:
        error.inside(source)
        raise

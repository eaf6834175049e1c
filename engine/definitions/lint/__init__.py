"""What can be said about a process before it runs. Every rule is a function from a `Draft` to problems."""

from itertools import islice

from engine.definitions.limits import MAX_PROBLEMS
from engine.definitions.lint import (
    called,
    calls,
    catching,
    clocks,
    compensation,
    discretionary,
    drawing,
    events,
    gateways,
    going_back,
    merges,
    multi_instance,
    names,
    people,
    reach,
    safeguards,
    secrets,
    statutory,
    structure,
    words,
    written_before,
)
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem

__all__ = ["Draft", "lint"]

RULES = (
    *structure.RULES,
    *events.RULES,
    *reach.RULES,
    *merges.RULES,
    *gateways.RULES,
    *catching.RULES,
    *compensation.RULES,
    *multi_instance.RULES,
    *called.RULES,
    *names.RULES,
    *calls.RULES,
    *people.RULES,
    *discretionary.RULES,
    *going_back.RULES,
    *clocks.RULES,
    *safeguards.RULES,
    *secrets.RULES,
    *statutory.RULES,
    *words.RULES,
    *written_before.RULES,
    *drawing.RULES,
)


def lint(draft: Draft) -> list[LintProblem]:
    """At most a screenful and one more of each rule: hostile files would have any number."""
    return [problem for rule in RULES for problem in islice(rule(draft), MAX_PROBLEMS + 1)]

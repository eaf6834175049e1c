"""How a form says no: to its author, to the person who fills it in, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import DefinitionError, Problem, Rejected
from texts import sentence


class AnswersRejected(Rejected):
    """The answers do not satisfy the form."""


class FormRefused(DefinitionError):
    """A form file uses something unknown or forbidden, or an expression in it cannot be read."""


class FormExpressionFailed(DefinitionError):
    """An expression of a form could not be evaluated with the data of the case."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong with one value, before it is known where the value stands."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def problem_text(problem: Problem, locale: str = "zh") -> str:
    """The sentence a person reads; a designer's own message wins over ours. `name_en` stands for `name` in English."""
    params = dict(problem.params)
    if locale == "en":
        params |= {name.removesuffix("_en"): value for name, value in params.items() if name.endswith("_en") and value}
        return str(params.get("text") or problem.text or sentence("problems", problem.code, locale, **params))
    return problem.text or sentence("problems", problem.code, locale, **params)

"""What an import says about a file: each `Gap` is one thing of the source that the draft does not hold as it was."""

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.definitions.lint_problem import LintProblem, Severity


@dataclass(frozen=True)
class Gap(LintProblem):
    """`line` is the line of the foreign file. `error`: the draft waits for a person's decision; `warning`: something
    was left out or read in a way that somebody should confirm; `style`: nothing that runs is concerned.
    """

    TOPIC: ClassVar[str] = "gaps"


def gap(
    code: str, *, severity: Severity = "warning", element_id: str | None = None, line: int | None = None, **params: Any
) -> Gap:
    return Gap(severity, code, element_id, line, params)

"""Problems that point at an element or a flow of the diagram."""

import difflib
from collections.abc import Iterable
from typing import Any

from engine.definitions import element_names
from engine.definitions.lint_problem import LintProblem, Severity
from engine.definitions.process import Element, Flow

_MOST_CANDIDATES = 200


def about(element: Element, code: str, /, severity: Severity = "error", **params: Any) -> LintProblem:
    shown = {"name": element.name or element.id, **element_names.names(element.type)}
    return LintProblem(severity, code, element.id, element.line, shown | params)


def about_flow(flow: Flow, code: str, /, severity: Severity = "error", **params: Any) -> LintProblem:
    shown = {"name": flow.name or flow.id, "source": flow.source, "target": flow.target}
    return LintProblem(severity, code, flow.id, flow.line, shown | params)


def similar(word: str, known: Iterable[str]) -> dict[str, str]:
    """A guess at what was meant, as parameters of a sentence; empty when nothing is near."""
    near = difflib.get_close_matches(word[:60], sorted(known)[:_MOST_CANDIDATES], n=1, cutoff=0.6)
    return {
        "guess": f"是否想写“{near[0]}”？" if near else "",
        "guess_en": f"Did you mean “{near[0]}”? " if near else "",
    }

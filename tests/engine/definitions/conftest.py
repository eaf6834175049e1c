from collections.abc import Callable, Mapping

import pytest

from engine.definitions.check import Report, check_bundle, report_on
from engine.definitions.inspection import inspect
from engine.definitions.lint_problem import LintProblem

SERVICES = {"notices/send", "parties/appoint"}
GROUPS = {"union", "hrss"}

Checked = Callable[..., Report]


@pytest.fixture
def checked() -> Checked:
    """Check a diagram with further files as a designer's upload would be."""

    def check(xml: bytes, files: Mapping[str, bytes] | None = None) -> Report:
        return check_bundle({"p.bpmn": xml, **(files or {})}, services=SERVICES, groups=GROUPS)

    return check


@pytest.fixture
def found() -> Callable[..., list[LintProblem]]:
    """The problems with one code; the XML is read in this process, which is quicker."""

    def find(code: str, xml: bytes, files: Mapping[str, bytes] | None = None) -> list[LintProblem]:
        handed_in = {"p.bpmn": xml, **(files or {})}
        inspected = {
            path: inspect(source, is_diagram=path.endswith(".bpmn"))
            for path, source in handed_in.items()
            if path.endswith((".bpmn", ".dmn"))
        }
        report = report_on(handed_in, inspected=inspected, services=SERVICES, groups=GROUPS)
        return [problem for problem in report.problems if problem.code == code]

    return find

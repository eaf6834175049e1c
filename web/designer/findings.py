"""What the door says about files, as the page lists it: by urgency, with the name of the element and its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from engine.definitions.lint_problem import LintProblem
from web.language import current_locale

SEVERITIES = ("error", "warning", "style")
_TAG = re.compile(r"<[\w:.-]+\s[^<>]*>")
_ID, _NAME = re.compile(r'\sid="([^"<>]*)"'), re.compile(r'\sname="([^"<>]*)"')


@dataclass(frozen=True)
class Finding:
    """`element_id` only where the drawing of `path` can show it."""

    severity: str
    code: str
    path: str
    element_id: str | None
    element_name: str
    line: int | None
    message: str
    why: str
    fix: str


@dataclass(frozen=True)
class FindingGroup:
    severity: str
    findings: tuple[Finding, ...]


def grouped(problems: Iterable[LintProblem], diagrams: Mapping[str, str]) -> tuple[FindingGroup, ...]:
    """What must be mended first; groups without findings are left out."""
    names = {path: element_names(source) for path, source in diagrams.items()}
    found = [_finding(problem, names) for problem in problems]
    by_severity = ((severity, tuple(f for f in found if f.severity == severity)) for severity in SEVERITIES)
    return tuple(FindingGroup(severity, findings) for severity, findings in by_severity if findings)


def element_names(source: str) -> dict[str, str]:
    """Names by id as they are written. Reads only; a file that cannot be parsed has names too."""
    found: dict[str, str] = {}
    for tag in _TAG.findall(source):
        id_, name = _ID.search(tag), _NAME.search(tag)
        if id_:
            found[unescape(id_[1])] = unescape(name[1]) if name else ""
    return found


def marks(groups: Iterable[FindingGroup], path: str) -> dict[str, str]:
    """For the drawing of one file: the worst thing that is said of each element."""
    found: dict[str, str] = {}
    for group in groups:
        for finding in group.findings:
            if finding.element_id and finding.path == path:
                found.setdefault(finding.element_id, group.severity)
    return found


def _finding(problem: LintProblem, names: Mapping[str, Mapping[str, str]]) -> Finding:
    path = problem.path or next(iter(names), "")
    known, id_ = names.get(path, {}), problem.element_id
    return Finding(
        severity=problem.severity,
        code=problem.code,
        path=path,
        element_id=id_ if id_ in known else None,
        element_name=known.get(id_ or "") or id_ or "",
        line=problem.line,
        message=problem.text(current_locale(), "message"),
        why=problem.text(current_locale(), "why") if problem.has_reason else "",
        fix=problem.text(current_locale(), "fix"),
    )

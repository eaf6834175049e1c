"""Reads one uploaded XML file to canonical bytes or to named problems. Runs in the child process of `safe_parse`."""

from dataclasses import dataclass, replace
from xml.parsers.expat import ExpatError

from lxml import etree

from engine.definitions import limits
from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.canonical import canonical
from engine.definitions.decisions.dialect import DMN
from engine.definitions.decisions.tidying import tidied
from engine.definitions.decode import decoded
from engine.definitions.dialect import Dialect, Node
from engine.definitions.lint_problem import LintProblem, error, has_errors
from engine.definitions.parse import parsed
from engine.definitions.process_file import read_process
from engine.definitions.references import check_references, rewrite_flow_ends
from engine.definitions.second_reading import first_difference, seen_by_process, seen_in
from engine.definitions.whitelist import Whitelist


@dataclass(frozen=True)
class Inspected:
    """`xml` is None exactly when a problem is an error; `origins[n]` is the uploaded line of its line n+1."""

    xml: bytes | None
    problems: tuple[LintProblem, ...]
    origins: tuple[int, ...] = ()


def inspect(source: bytes, *, is_diagram: bool) -> Inspected:
    text = decoded(source)
    if isinstance(text, LintProblem):
        return Inspected(None, (text,))
    tree = parsed(text)
    if isinstance(tree, LintProblem):
        return Inspected(None, (tree,))
    inspected = _judged(tree, BPMN if is_diagram else DMN)
    return _confirmed(inspected, text=text) if is_diagram else inspected


def _confirmed(inspected: Inspected, *, text: str) -> Inspected:
    """A diagram that another reader understands differently, before or after we wrote it anew, is refused."""
    if inspected.xml is None:
        return inspected
    try:
        shown, kept = (frozenset(seen_in(xml)) for xml in (text.encode("utf-8", "replace"), inspected.xml))
        differing = first_difference(shown, kept) or first_difference(
            kept, seen_by_process(read_process(inspected.xml))
        )
    except ExpatError as wrong:
        return Inspected(None, (error("readings_differ", line=wrong.lineno),))
    if differing is None:
        return inspected
    return Inspected(None, (error("readings_differ", element_id=differing, line=1),))


def _judged(tree: etree._Element, dialect: Dialect) -> Inspected:
    count = sum(1 for _ in tree.iter())
    if count > limits.MAX_XML_ELEMENTS or _depth(tree) > limits.MAX_XML_DEPTH:
        return Inspected(None, (error("xml_limits", line=1),))
    whitelist = Whitelist(dialect)
    root = whitelist.take(tree)
    if root is None:
        return Inspected(None, tuple(whitelist.problems))
    ids = [(str(e.get("id")), e.sourceline or 0) for e in tree.iter() if e.get("id") is not None]
    problems = whitelist.problems + _structure(root, dialect=dialect, ids=ids)
    problems = shortened(problems)
    if has_errors(problems):
        return Inspected(None, tuple(problems))
    written = canonical(root, dialect)
    return Inspected(written.xml, tuple(problems), written.origins)


def _depth(tree: etree._Element) -> int:
    """How deep elements lie in each other; worked out without recursion."""
    level, depth = [tree], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
    return depth


def _structure(root: Node, *, dialect: Dialect, ids: list[tuple[str, int]]) -> list[LintProblem]:
    if dialect is DMN:
        return tidied(root)
    problems = check_references(root, all_ids=ids)
    rewrite_flow_ends(root)
    return problems


def shortened(problems: list[LintProblem]) -> list[LintProblem]:
    """Each finding once, errors first, with short words; a file with hundreds of them says how many more there are."""
    once: dict[tuple[object, ...], LintProblem] = {}
    for long in problems:
        problem = replace(long, params={name: _short(value) for name, value in long.params.items()})
        once.setdefault((problem.code, problem.element_id, repr(sorted(problem.params.items()))), problem)
    kept = sorted(once.values(), key=lambda p: ("error", "warning", "style").index(p.severity))
    if len(kept) <= limits.MAX_PROBLEMS:
        return kept
    shown, left = kept[: limits.MAX_PROBLEMS], kept[limits.MAX_PROBLEMS :]
    return [*shown, LintProblem(left[0].severity, "too_many_problems", None, 1, {"more": len(left)})]


def _short(value: object) -> object:
    return value[:300] if isinstance(value, str) else value

"""What the proof of soundness adds to the problems of a bundle. Proofs are kept by content while the programme runs,
level by level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from engine.definitions.counter_example import CounterExample
from engine.definitions.kept import Kept
from engine.definitions.lint import Draft
from engine.definitions.lint.about import about
from engine.definitions.lint_problem import LintProblem, warning
from engine.definitions.process import Element
from engine.definitions.soundness import Finding, Known, Proof, prove, with_fixes

MOST_KEPT = 64
MOST_LEVELS = 4_000
# The same said by a look at the drawing alone: the proof is then put beside it.
_SAME = {"safe": "runs_more_than_once", "option_to_complete": "end_not_reachable", "no_dead_element": "unreachable"}
_kept: Kept[Proof] = Kept(MOST_KEPT)
_levels: Kept[Known] = Kept(MOST_LEVELS)


def with_proof(
    problems: Sequence[LintProblem], drafts: Sequence[Draft], files: Mapping[str, bytes]
) -> list[LintProblem]:
    """The problems of all drafts of a bundle, and what its proof says that they do not."""
    if not drafts or any(problem.code in ("called_in_circle", "process_twice") for problem in problems):
        return list(problems)
    proof = _proof(drafts, files)
    told = list(problems)
    for finding in proof.findings:
        _tell(finding, told, drafts)
    if proof.verdict == "not_proven":
        told.append(
            replace(warning("not_proven", line=drafts[0].process.line, states=proof.states), path=drafts[0].path)
        )
    return told


def forget() -> None:
    """For measurements."""
    _kept.clear()
    _levels.clear()


def _proof(drafts: Sequence[Draft], files: Mapping[str, bytes]) -> Proof:
    sources = sorted(source for path, source in files.items() if path.endswith(".bpmn"))
    key = sha256(b"".join(sha256(source).digest() for source in sources)).digest()
    proof = _kept.find(key)
    if proof is None:
        main, processes = drafts[0].main, drafts[0].processes
        proof = with_fixes(prove(main, processes, kept=_levels), main, processes)
        if proof.verdict != "not_proven":
            _kept.keep(key, proof)
    return proof


def _tell(finding: Finding, told: list[LintProblem], drafts: Sequence[Draft]) -> None:
    draft = next(d for d in drafts if finding.element in d.process.elements)
    elements: dict[str, Element] = {
        id_: e for process in draft.processes.values() for id_, e in process.elements.items()
    }
    ways = {flow.id: flow.name for process in draft.processes.values() for flow in process.flows}
    shown = CounterExample(finding, elements, ways)
    same = _same(finding, told, draft.path)
    if same is not None:
        told[same] = replace(told[same], counter_example=shown)
    elif finding.is_certain:
        words = {"why": shown.why("zh"), "why_en": shown.why("en"), "how": shown.how("zh"), "how_en": shown.how("en")}
        problem = about(draft.process.elements[finding.element], "unsound", **words)
        # what is never reached does no harm to a case: it is told, and stops no deployment
        severity = "warning" if finding.property == "no_dead_element" else problem.severity
        told.append(replace(problem, severity=severity, path=draft.path, counter_example=shown))


def _same(finding: Finding, told: Sequence[LintProblem], path: str) -> int | None:
    """Where it is said already: of this element, or, with the same weight, of one near it."""
    like = [n for n, p in enumerate(told) if p.code == _SAME.get(finding.property) and p.path == path]
    near = [n for n in like if told[n].element_id == finding.element]
    near += [n for n in like if finding.is_certain and told[n].severity == "error"]
    return near[0] if near else None

"""The door for what designers hand in: files in, a report with all problems and, without errors, a bundle out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.definitions import limits
from engine.definitions.bundle import Bundle
from engine.definitions.inspection import Inspected, shortened
from engine.definitions.lint import Draft, lint
from engine.definitions.lint_problem import LintProblem, error, has_errors
from engine.definitions.places import is_running, runs, stories
from engine.definitions.proven import with_proof
from engine.definitions.reading import BundleReading
from engine.definitions.safe_parse import file_too_large, megabytes, read_xml
from engine.definitions.story_check import scenario_problems


@dataclass(frozen=True)
class Report:
    """`files` are there exactly when nothing is an error; they are canonical and may be stored."""

    problems: tuple[LintProblem, ...]
    files: Mapping[str, bytes] | None = None
    stories: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def deployable(self) -> bool:
        return self.files is not None

    @cached_property
    def bundle(self) -> Bundle | None:
        """Read when it is first asked for: while somebody types, only the problems are."""
        bundle = None if self.files is None else Bundle.load(self.files)
        return bundle.with_stories(self.stories) if bundle and self.stories else bundle

    def beside(self, stories: Mapping[str, bytes]) -> "Report":
        """The same with scenarios and their examples, which are kept and played but change nothing that runs."""
        problems = (*self.problems, *scenario_problems(stories))
        return Report(problems, None if has_errors(problems) else self.files, stories)


def check_bundle(files: Mapping[str, bytes], *, services: Collection[str], groups: Collection[str]) -> Report:
    """Never raises because of what the files hold. `services` and `groups` are those that a process may name."""
    running, beside = runs(files), stories(files)
    refused = _unacceptable(running)
    if refused:
        return Report(tuple(refused))
    inspected = _inspected(running)
    report = report_on(running, inspected=inspected, services=services, groups=groups)
    return report.beside(beside) if beside else report


def read_bundle(files: Mapping[str, bytes], *, services: Collection[str], groups: Collection[str]) -> list[Draft]:
    """Its diagrams, the main one first, with all that they may name; none while one cannot be read."""
    running = runs(files)
    if _unacceptable(running):
        return []
    inspected = _inspected(running)
    if has_errors(_first_problems(running, inspected)):
        return []
    return _reading(running, inspected).drafts(services=frozenset(services), groups=frozenset(groups))


def _inspected(files: Mapping[str, bytes]) -> Mapping[str, Inspected]:
    return read_xml({path: source for path, source in files.items() if path.endswith((".bpmn", ".dmn"))})


def _first_problems(files: Mapping[str, bytes], inspected: Mapping[str, Inspected]) -> list[LintProblem]:
    """What keeps the files from being read together."""
    return [problem for found in inspected.values() for problem in found.problems] + _any_diagram(files)


def _reading(files: Mapping[str, bytes], inspected: Mapping[str, Inspected]) -> BundleReading:
    canonical = {path: inspected[path].xml or b"" if path in inspected else source for path, source in files.items()}
    return BundleReading(canonical, origins={path: found.origins for path, found in inspected.items()})


def report_on(
    files: Mapping[str, bytes],
    *,
    inspected: Mapping[str, Inspected],
    services: Collection[str],
    groups: Collection[str],
) -> Report:
    """The report when the XML files have been read: `inspected` by path."""
    problems = _first_problems(files, inspected)
    if has_errors(problems):
        return Report(tuple(problems))
    reading = _reading(files, inspected)
    canonical, drafts = reading.files, reading.drafts(services=frozenset(services), groups=frozenset(groups))
    linted = [_placed_in(draft, problem) for draft in drafts for problem in lint(draft)]
    problems = problems + reading.problems + with_proof(linted, drafts, canonical)
    problems = shortened(problems)
    return Report(tuple(problems), None if has_errors(problems) else canonical)


def _placed_in(draft: Draft, problem: LintProblem) -> LintProblem:
    return problem if problem.path else replace(problem, path=draft.path)


def _unacceptable(files: Mapping[str, bytes]) -> list[LintProblem]:
    """What is refused unread: too much, or not where a bundle keeps such a file."""
    total = sum(len(source) for source in files.values())
    for count, limit in (
        (len(files), limits.MAX_BUNDLE_FILES),
        (sum(path.endswith(".dmn") for path in files), limits.MAX_TABLE_FILES),
        (sum(path.endswith(".bpmn") for path in files), limits.MAX_DIAGRAM_FILES),
    ):
        if count > limit:
            return [error("too_many_files", count=count, limit=limit)]
    too_large = [path for path, source in files.items() if len(source) > limits.MAX_FILE_BYTES]
    if total > limits.MAX_BUNDLE_BYTES and not too_large:
        return [error("bundle_too_large", size=megabytes(total), limit=limits.MAX_BUNDLE_BYTES // 1024**2)]
    found = [file_too_large(path=path[:200], source=files[path]) for path in too_large]
    return found + [
        replace(error("file_place", file=path[:80]), path=path[:200]) for path in files if not is_running(path)
    ]


def _any_diagram(files: Mapping[str, bytes]) -> list[LintProblem]:
    return [] if any(path.endswith(".bpmn") for path in files) else [error("diagram_missing")]

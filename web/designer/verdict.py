"""What became of the files that were handed in: the check of a bundle, or the draft of a foreign diagram."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions.importing.door import ImportReport
from engine.definitions.importing.vendors import OURS, VENDORS
from engine.definitions.lint_problem import LintProblem
from engine.queries.checking import check_files
from engine.queries.importing import import_diagram
from web import door
from web.designer.bundle_fields import FOREIGN


@dataclass(frozen=True)
class Verdict:
    """`files` are those that can be deployed or downloaded: the ones handed in, or the draft and its forms.

    `vendor` is set for a foreign diagram; its `gaps` say what of it is not in the draft as it was.
    """

    files: Mapping[str, bytes]
    problems: tuple[LintProblem, ...]
    is_deployable: bool
    vendor: str | None = None
    gaps: tuple[LintProblem, ...] = ()
    process: str | None = None

    @property
    def vendor_name(self) -> str:
        return next((vendor.name for vendor in VENDORS if vendor.key == self.vendor), "")

    @property
    def diagrams(self) -> dict[str, str]:
        """What can be drawn, by path; the draft of a foreign file, not the file."""
        sources = {path: source for path, source in self.files.items() if path.endswith((".bpmn", *FOREIGN))}
        return {path: source.decode("utf-8", "replace") for path, source in sources.items()}


def judge(files: Mapping[str, bytes], *, is_foreign: bool = False, process: str | None = None) -> Verdict:
    """A single diagram that is not deployable and comes from another tool is judged as a draft.

    `is_foreign` asks for a draft whatever the file looks like; `process` is the id of one of several in the file.
    """
    only = next(iter(files.values())) if len(files) == 1 and next(iter(files)).endswith((".bpmn", *FOREIGN)) else None
    if only is not None and (is_foreign or _is_named_otherwise(files)):
        return _draft(only, process)
    with door.reading() as session:
        report = check_files(session, files, **_kit())
    if only is None or report.deployable:
        return Verdict(files, report.problems, report.deployable, process=_key(report))
    draft = _draft(only, process)
    is_ours = draft.vendor in OURS
    return Verdict(files, report.problems, report.deployable) if is_ours else draft


def _draft(source: bytes, process: str | None) -> Verdict:
    with door.reading() as session:
        found: ImportReport = import_diagram(session, source, process=process, **_kit())
    imported = found.imported
    return Verdict(
        files=found.files,
        problems=found.problems,
        is_deployable=found.deployable,
        vendor=imported.vendor,
        gaps=imported.gaps,
        process=imported.process,
    )


def _key(report: Any) -> str | None:
    return report.bundle.process_key if report.bundle else None


def _is_named_otherwise(files: Mapping[str, bytes]) -> bool:
    return next(iter(files)).lower().endswith(FOREIGN)


def _kit() -> dict[str, Any]:
    return {"catalogue": door.engine().catalogue, "services": door.engine().services}

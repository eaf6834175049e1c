"""The door for a foreign diagram: file in; draft, gaps and what the ordinary door says about the draft out."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definitions import limits
from engine.definitions.check import Report, check_bundle
from engine.definitions.importing.draft import Imported
from engine.definitions.importing.gap import Gap
from engine.definitions.lint_problem import LintProblem, error, has_errors
from engine.definitions.safe_parse import ask_child, file_too_large


@dataclass(frozen=True)
class ImportReport:
    """`path` is the place of the draft in its bundle; `files` are the draft and the forms that came out of it."""

    imported: Imported
    report: Report
    path: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[LintProblem, ...]:
        """Why there is no draft, else what keeps the draft from running."""
        return self.imported.refusals or self.report.problems

    @property
    def deployable(self) -> bool:
        """A draft with an open gap that waits for a person is not finished, whatever the ordinary door says."""
        return self.report.deployable and not has_errors(self.imported.gaps)


def import_file(
    source: bytes,
    *,
    services: Collection[str],
    groups: Collection[str],
    process: str | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> ImportReport:
    """Never raises because of what the file holds. `process` is the id of the one to execute, of several;
    `beside` are files, such as rules, that the draft is checked with.
    """
    imported = _imported(source, process)
    if imported.xml is None:
        return ImportReport(imported, Report(()))
    path = re.sub(r"[^\w.-]", "_", imported.process or "draft")[:100] + ".bpmn"
    files = {path: imported.xml, **{f"forms/{form}.form": text.encode() for form, text in imported.forms.items()}}
    report = check_bundle({**(beside or {}), **files}, services=services, groups=groups)
    return ImportReport(imported, report, path, files)


def _imported(source: bytes, process: str | None) -> Imported:
    if len(source) > limits.MAX_FILE_BYTES:
        return Imported(None, "unknown", refusals=(file_too_large(path="", source=source),))
    answer = ask_child("engine.definitions.importing.child_process", json.dumps(process).encode() + b"\n" + source)
    if answer is None:
        return Imported(None, "unknown", refusals=(error("reader_gave_up"),))
    return Imported(
        xml=answer["xml"].encode() if answer["xml"] is not None else None,
        vendor=answer["vendor"],
        gaps=tuple(Gap(**found) for found in answer["gaps"]),
        refusals=tuple(_refusal(found) for found in answer["refusals"]),
        process=answer["process"],
        forms=answer["forms"],
    )


def _refusal(found: Mapping[str, Any]) -> LintProblem:
    """The two refusals of the import have their sentences among the gaps."""
    return (Gap if found["code"] in ("nothing_to_run", "process_unknown") else LintProblem)(**found)

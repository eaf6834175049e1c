"""The files of a bundle between two requests: they come as uploads and travel on in hidden fields of the page."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import PurePosixPath
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from engine.definitions.importing.gap import Gap
from engine.definitions.lint_problem import LintProblem
from engine.definitions.places import PLACES
from engine.queries.bringing_in import FOREIGN
from texts import catalogue

PREFIX = "file:"
_OF_A_GAP = {field.name for field in fields(Gap)}
_FOLDERS = PLACES | dict.fromkeys(FOREIGN, "")


def uploaded(files: Iterable[FileStorage]) -> tuple[dict[str, bytes], list[str]]:
    """Files by their place in a bundle, and the names of those that have none there or came twice."""
    found: dict[str, bytes] = {}
    refused: list[str] = []
    for file in files:
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        folder = _FOLDERS.get(PurePosixPath(name.lower()).suffix)
        if not name:
            continue
        if folder is None or folder + name in found:
            refused.append(name[:80])
        else:
            found[folder + name] = file.read()
    return found, refused


def hidden(files: Mapping[str, bytes]) -> dict[str, str]:
    """Names and values of hidden fields; the bytes stay exactly as they were."""
    return {PREFIX + path: base64.b64encode(content).decode() for path, content in files.items()}


def sent_back(sent: MultiDict[str, str]) -> dict[str, bytes]:
    """The files of hidden fields. A field that was tampered with is left out: the door says what is missing."""
    found: dict[str, bytes] = {}
    for name, value in sent.items():
        if name.startswith(PREFIX):
            try:
                found[name.removeprefix(PREFIX)] = base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError):
                continue
    return found


def hidden_gaps(gaps: Iterable[LintProblem]) -> str:
    return json.dumps([asdict(gap) for gap in gaps], ensure_ascii=False)


def gaps_sent_back(sent: MultiDict[str, str]) -> tuple[dict[str, Any], ...]:
    """What of them has still the form of a gap."""
    try:
        found = json.loads(sent.get("gaps") or "[]")
    except ValueError:
        return ()
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return tuple(row for row in rows if set(row) == _OF_A_GAP and row["code"] in catalogue("zh", Gap.TOPIC))

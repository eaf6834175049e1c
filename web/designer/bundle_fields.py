"""The files of a bundle between two requests: they come as uploads and travel on in hidden fields of the page."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from werkzeug.datastructures import FileStorage, MultiDict

from engine.definitions.places import PLACES
from engine.queries.bringing_in import FOREIGN

PREFIX = "file:"
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


def sent_back(fields: MultiDict[str, str]) -> dict[str, bytes]:
    """The files of hidden fields. A field that was tampered with is left out: the door says what is missing."""
    found: dict[str, bytes] = {}
    for name, value in fields.items():
        if name.startswith(PREFIX):
            try:
                found[name.removeprefix(PREFIX)] = base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError):
                continue
    return found

"""What was read lately: a designer checks a bundle, corrects one file, checks again and deploys."""

from collections.abc import Sequence
from hashlib import sha256

from engine.definitions.form import Form
from engine.definitions.inspection import Inspected
from engine.definitions.kept import Kept
from engine.definitions.limits import MAX_KEPT_READ_BYTES
from engine.definitions.process import Process
from engine.definitions.process_file import read_process

_forms: Kept[Form] = Kept(MAX_KEPT_READ_BYTES)
_processes: Kept[Process] = Kept(MAX_KEPT_READ_BYTES)
_BYTES_OF_A_LINE = 8


class KeptReadings:
    """The newest readings by content, as many as fit; a file is read the same way wherever it lies."""

    def __init__(self, most_bytes: int) -> None:
        self._kept: Kept[Inspected] = Kept(most_bytes)

    def clear(self) -> None:
        self._kept.clear()

    def find(self, source: bytes, *, is_diagram: bool) -> Inspected | None:
        return self._kept.find(_key(source, is_diagram))

    def keep(self, source: bytes, found: Inspected, *, is_diagram: bool) -> None:
        self._kept.keep(_key(source, is_diagram), found, size=_size(found))


def form_of(source: bytes, path: str) -> Form:
    """The form in a file, read once. Raises FormRefused with every problem of the file, each time."""
    key = (sha256(source).digest(), path)
    form = _forms.find(key)
    if form is None:
        form = Form.parse(source, path)
        _forms.keep(key, form, size=_read_size(source))
    return form


def process_of(canonical_xml: bytes, *, origins: Sequence[int] = ()) -> Process:
    """The process in a file that passed the door, read once; the lines are part of it."""
    key = (sha256(canonical_xml).digest(), tuple(origins))
    process = _processes.find(key)
    if process is None:
        process = read_process(canonical_xml, origins=origins)
        _processes.keep(key, process, size=_read_size(canonical_xml) + _BYTES_OF_A_LINE * len(origins))
    return process


def forget() -> None:
    """For measurements."""
    _forms.clear()
    _processes.clear()


def _key(source: bytes, is_diagram: bool) -> tuple[bytes, bool]:
    return sha256(source).digest(), is_diagram


def _size(found: Inspected) -> int:
    """In bytes, roughly: lines have their numbers, problems their words."""
    return 1_000 + len(found.xml or b"") + _BYTES_OF_A_LINE * len(found.origins) + 2_000 * len(found.problems)


def _read_size(source: bytes) -> int:
    """What is read out of a text takes some times its room."""
    return 5 * len(source)

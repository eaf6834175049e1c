"""What was read lately: a designer checks a bundle, corrects one file, checks again and deploys."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from engine.definitions.inspection import Inspected


class KeptReadings:
    """The newest readings by content, as many as fit; a file is read the same way wherever it lies."""

    def __init__(self, most_bytes: int) -> None:
        self._left = most_bytes
        self._kept: OrderedDict[tuple[bytes, bool], Inspected] = OrderedDict()
        self._lock = Lock()

    def find(self, source: bytes, *, is_diagram: bool) -> Inspected | None:
        key = _key(source, is_diagram)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, source: bytes, found: Inspected, *, is_diagram: bool) -> None:
        key = _key(source, is_diagram)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = found
                self._left -= _size(found)
            while self._left < 0:
                self._left += _size(self._kept.popitem(last=False)[1])


def _key(source: bytes, is_diagram: bool) -> tuple[bytes, bool]:
    return sha256(source).digest(), is_diagram


def _size(found: Inspected) -> int:
    """In bytes, roughly: lines have their numbers, problems their words."""
    return 1_000 + len(found.xml or b"") + 8 * len(found.origins) + 2_000 * len(found.problems)

"""Specs are costly to build and unsafe to share: each operation borrows one for itself and puts it back."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from engine.spiff.parser import Specs, load_specs


class SpecShelf:
    """Specs by content hash of their diagram. At most `diagrams` kinds are kept, the least used goes first."""

    def __init__(self, diagrams: int = 32) -> None:
        self._diagrams = diagrams
        self._free: OrderedDict[str, list[Specs]] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def borrow(self, content_hash: str, xml: bytes) -> Iterator[Specs]:
        specs = self._take(content_hash) or load_specs(xml)
        # Not given back after an error: nobody knows what half an operation did to it.
        yield specs
        self._give_back(content_hash, specs)

    def _take(self, content_hash: str) -> Specs | None:
        with self._lock:
            free = self._free.get(content_hash)
            return free.pop() if free else None

    def _give_back(self, content_hash: str, specs: Specs) -> None:
        with self._lock:
            self._free.setdefault(content_hash, []).append(specs)
            self._free.move_to_end(content_hash)
            while len(self._free) > self._diagrams:
                self._free.popitem(last=False)

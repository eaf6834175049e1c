"""Specs are costly to build and never change: one set for each diagram, used by all threads."""

from collections import OrderedDict
from threading import Lock

from engine.definitions.process import Process
from engine.spiff.spec_building import Specs, build_specs


class SpecShelf:
    """Specs by content hash of their bundle. At most `diagrams` are kept, the least used goes first."""

    def __init__(self, diagrams: int = 32) -> None:
        self._diagrams = diagrams
        self._known: OrderedDict[str, Specs] = OrderedDict()
        self._lock = Lock()

    def specs(self, content_hash: str, process: Process) -> Specs:
        with self._lock:
            known = self._known.get(content_hash)
            if known is not None:
                self._known.move_to_end(content_hash)
                return known
        return self._keep(content_hash, build_specs(process))

    def _keep(self, content_hash: str, built: Specs) -> Specs:
        with self._lock:
            self._known[content_hash] = built
            while len(self._known) > self._diagrams:
                self._known.popitem(last=False)
        return built

"""When an inclusive join waits no longer: no other token can still come by a flow on which none is."""

from engine.definitions.soundness.level import Level


class Reach:
    """The rule of the engine's own joins (BPMN 2.0.2, table 13.3), looked up backwards along the flows once."""

    def __init__(self, level: Level, join: str) -> None:
        before = level.before()
        self._sources = {flow.id: self._backwards(flow.source, before, join) for flow in level.into(join)}

    def may_fire(self, arrived: set[str], others: set[str]) -> bool:
        ahead = set().union(*(found for flow, found in self._sources.items() if flow not in arrived))
        excused = set().union(*(found for flow, found in self._sources.items() if flow in arrived))
        return others & ahead <= excused

    @staticmethod
    def _backwards(start: str, before: dict[str, set[str]], barrier: str) -> set[str]:
        found: set[str] = set()
        ahead = [start]
        while ahead:
            here = ahead.pop()
            if here not in found and here != barrier:
                found.add(here)
                ahead += before.get(here, ())
        return found

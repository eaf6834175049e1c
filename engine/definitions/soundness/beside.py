"""Ways that begin at an event beside the main way and never meet it again: they are proven on their own."""

from collections.abc import Callable

from engine.definitions.process import Element
from engine.definitions.soundness.level import WAITED_FOR, Level


def independent(level: Level, throws: Callable[[Element], bool]) -> frozenset[str]:
    """Boundary events that do not interrupt, of which nothing that follows touches the rest of the level."""
    events = [e for e in level.elements.values() if e.attached_to and not e.interrupting and e.event in WAITED_FOR]
    ahead = _ahead(level)
    return frozenset(e.id for e in events if _is_apart(level, e, ahead, throws))


def _ahead(level: Level) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {element_id: set() for element_id in level.elements}
    for target, sources in level.before().items():
        for source in sources:
            if source in found:
                found[source].add(target)
    return found


def _is_apart(level: Level, event: Element, ahead: dict[str, set[str]], throws: Callable[[Element], bool]) -> bool:
    own = _closure([event.id], ahead, without="")
    rest = _closure([start.id for start in level.starts], ahead, without=event.id)
    if any(level.elements[one].type != "endEvent" for one in own & rest if one in level.elements):
        return False
    return not any(_reaches_out(level.elements[one], throws) for one in own if one in level.elements)


def _reaches_out(element: Element, throws: Callable[[Element], bool]) -> bool:
    if element.event in ("terminate", "escalation") or (element.event == "error" and element.type == "endEvent"):
        return True
    return bool(element.service) or bool(element.candidate_users) or throws(element)


def _closure(starts: list[str], ahead: dict[str, set[str]], *, without: str) -> set[str]:
    found: set[str] = set()
    left = list(starts)
    while left:
        here = left.pop()
        if here not in found and here != without:
            found.add(here)
            left += ahead.get(here, ())
    return found

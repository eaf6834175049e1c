"""What cannot be undone: what other people, other cases or the law have been told."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.model import Clock
from engine.model.clock import ClockState
from engine.returning.plan import Obstacle
from engine.spiff.trail import Event

DECLARED = "irreversible"


def obstacles(folder: CaseWork, undone: Iterable[Event]) -> Iterator[Obstacle]:
    """One for each step among these events that cannot be taken back; a diagram may say so, or the opposite."""
    elements = folder.bundle.process.elements
    lapsed = _lapsed_clocks(folder)
    seen: set[str] = set()
    for event in undone:
        element = elements.get(event.element)
        code = _code(folder, event, element, lapsed) if element else None
        if element is not None and code is not None and element.id not in seen:
            seen.add(element.id)
            yield obstacle(code, element)


def obstacle(code: str, element: Element | None) -> Obstacle:
    if element is None:
        return Obstacle(code, "")
    name = element.name or element.id
    return Obstacle(code, element.id, name, element.name_en or name)


def _code(folder: CaseWork, event: Event, element: Element, lapsed: frozenset[str]) -> str | None:
    declared = element.properties.get(DECLARED)
    if declared == "true" and event.kind in ("complete", "fire", "work", "close"):
        return "step_is_irreversible"
    if declared == "false":
        return None
    if event.kind == "fire":
        return _of_a_wait(event, element, lapsed)
    if event.kind != "work":
        return None
    if element.service:
        return None if is_reversible(folder, element) else "service_was_called"
    return f"{element.event}_was_sent" if element.throws and element.event in ("message", "signal") else None


def _of_a_wait(event: Event, element: Element, lapsed: frozenset[str]) -> str | None:
    if element.event == "timer" and event.step in lapsed:
        return "clock_has_lapsed"
    return "signal_was_received" if element.event == "signal" else None


def is_reversible(folder: CaseWork, element: Element) -> bool:
    """A service says of itself that nothing is left of it when the case goes back; others are never called twice."""
    service = folder.work.services.get(element.service or "")
    return bool(getattr(service, "is_reversible", False))


def _lapsed_clocks(folder: CaseWork) -> frozenset[str]:
    """Steps whose legal deadline has run out."""
    query = select(Clock.step_id).where(Clock.case_id == folder.case.id, Clock.state == ClockState.FIRED)
    found = folder.work.session.scalars(query.where(Clock.rule.is_not(None), Clock.step_id.is_not(None)))
    return frozenset(step for step in found if step)

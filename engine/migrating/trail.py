"""Whether one can still go back in a case behind its change of version."""

from engine.case_work import CaseWork
from engine.spiff.carrying_over import is_alike
from engine.spiff.spec_building import Specs
from engine.spiff.trail import Event
from engine.trails import trail_of


def still_leads_here(folder: CaseWork, before: Specs, after: Specs) -> bool:
    """Every place that the trail knows is drawn in the new diagram as it was in the old one."""
    events = trail_of(folder.work.session, folder.case.id)
    return all(_is_drawn(place, before, after) for place in {place for event in events for place in _places(event)})


def _places(event: Event) -> set[tuple[str, str]]:
    nodes = {("node", image.node) for image in (*event.took, *event.changed)}
    return nodes | {("level", level.name) for level in event.closed}


def _is_drawn(place: tuple[str, str], before: Specs, after: Specs) -> bool:
    kind, name = place
    if kind == "level":
        return name in after.scopes
    old, new = before.node(name), after.node(name)
    return old is not None and new is not None and is_alike(old, new) and old.element.parent == new.element.parent

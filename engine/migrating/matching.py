"""Finds the elements of one version of a process in another: by id, else by name, else as somebody chose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.definitions.process import Element, Process
from engine.errors import Problem, Rejected
from engine.migrating.outlook import Fit

AWAY = ""
_FAMILIES = {
    "userTask": "person", "manualTask": "person", "scriptTask": "machine", "serviceTask": "machine",
    "businessRuleTask": "machine",
}  # fmt: skip
# Where a token can be put by choice: it waits there, or goes on from there by itself.
_PLACES = frozenset({
    "userTask", "manualTask", "task", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask",
    "subProcess", "callActivity", "intermediateCatchEvent", "intermediateThrowEvent", "endEvent", "exclusiveGateway",
    "eventBasedGateway",
})  # fmt: skip


class ChoiceWrong(Rejected):
    """A step that was chosen does not exist, or no case can stand there."""


@dataclass(frozen=True)
class Matching:
    """`targets`: element of the old diagram → of the new one, or `AWAY`; what has no counterpart is not in it."""

    before: Process
    after: Process
    targets: Mapping[str, str]
    fits: Mapping[str, Fit]

    @property
    def anew(self) -> frozenset[str]:
        """Chosen for these was a step that both diagrams have: it is other work than theirs, and begins there."""
        chosen = (id_ for id_, fit in self.fits.items() if fit is Fit.CHOSEN)
        return frozenset(id_ for id_ in chosen if self.targets[id_] in self.before.elements)

    def target(self, element_id: str) -> Element | None:
        return self.after.elements.get(self.targets.get(element_id, AWAY))


def match(before: Process, after: Process, choices: Mapping[str, str]) -> Matching:
    """Raises ChoiceWrong."""
    _must_be_right(before, after, choices)
    by_name = dict(_by_name(before, after))
    targets: dict[str, str] = {}
    fits: dict[str, Fit] = {}
    for id_, old in before.elements.items():
        fits[id_], target = _found(id_, old, after, by_name, choices)
        if target is not None:
            targets[id_] = target
    return Matching(before, after, targets, fits)


def places(after: Process) -> Iterator[Element]:
    """Where a token whose place is gone can be put."""
    return (element for element in after.elements.values() if is_place(after, element))


def is_place(after: Process, element: Element) -> bool:
    """A join counts by which flow a token comes, so nothing is put there; what undoes a step begins only with that."""
    if element.type not in _PLACES or element.triggered_by_event or element.for_compensation:
        return False
    return all(after.elements[flow.source].type != "eventBasedGateway" for flow in after.into(element.id))


def kind_of(element: Element) -> tuple[object, ...]:
    """Two elements of one kind can hold the same token."""
    loop = element.loop
    shape = (loop.sequential, loop.element, loop.output_collection) if loop else None
    called = element.called.sees_all if element.called else None
    family = _FAMILIES.get(element.type, element.type)
    if element.type == "sendTask" and element.service:
        family = "machine"
    return family, element.event, element.triggered_by_event, bool(element.attached_to), shape, called


def suggestion(matching: Matching, element: Element) -> str | None:
    """The likeliest place for what stands at an element that is gone: the next one on its way that is still there."""
    seen, ahead = {element.id}, [element.id]
    while ahead:
        for flow in matching.before.out_of(ahead.pop(0)):
            found = matching.target(flow.target)
            if found is not None and is_place(matching.after, found):
                return found.id
            if flow.target not in seen:
                seen.add(flow.target)
                ahead.append(flow.target)
    return None


def _found(
    id_: str, old: Element, after: Process, by_name: Mapping[str, str], choices: Mapping[str, str]
) -> tuple[Fit, str | None]:
    if id_ in choices:
        return Fit.CHOSEN, choices[id_]
    same = after.elements.get(id_)
    if same is not None and kind_of(same) == kind_of(old):
        return Fit.SAME, id_
    if same is not None:
        return Fit.OTHER_KIND, None
    return (Fit.NAME, by_name[id_]) if id_ in by_name else (Fit.GONE, None)


def _by_name(before: Process, after: Process) -> Iterator[tuple[str, str]]:
    """What has another id, but a name and kind that only one has in either diagram."""
    left = [element for element in before.elements.values() if element.id not in after.elements]
    new = [element for element in after.elements.values() if element.id not in before.elements]
    mine, theirs = _singles(left), _singles(new)
    yield from ((element.id, theirs[key].id) for key, element in mine.items() if key in theirs)


def _singles(elements: Iterable[Element]) -> dict[tuple[object, ...], Element]:
    found: dict[tuple[object, ...], list[Element]] = {}
    for element in elements:
        if element.name:
            found.setdefault((element.name, *kind_of(element)), []).append(element)
    return {key: some[0] for key, some in found.items() if len(some) == 1}


def _must_be_right(before: Process, after: Process, choices: Mapping[str, str]) -> None:
    problems = []
    for old, new in choices.items():
        target = after.elements.get(new)
        if old not in before.elements:
            problems.append(Problem(path=f"choices.{old}", code="step_unknown", params={"step": old}))
        elif new != AWAY and target is None:
            problems.append(Problem(path=f"choices.{old}", code="step_unknown", params={"step": new}))
        elif target is not None and not is_place(after, target) and kind_of(target) != kind_of(before.elements[old]):
            name = target.name or target.id
            problems.append(Problem(path=f"choices.{old}", code="not_a_place", params={"step": name}))
    if problems:
        raise ChoiceWrong(problems=problems)

"""Changes of one gateway that make a finding go away. Each is tried on the diagram before it is proposed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.definitions.process import Element, Process
from engine.definitions.soundness.exploring import Budget
from engine.definitions.soundness.finding import Finding, Fix, Proof
from engine.definitions.soundness.proving import prove

MOST_FIXES, MOST_TRIES = 2, 8
_INSTEAD = {
    "exclusiveGateway": ("parallelGateway", "inclusiveGateway"),
    "parallelGateway": ("exclusiveGateway", "inclusiveGateway"),
    "inclusiveGateway": ("parallelGateway", "exclusiveGateway"),
}


def with_fixes(proof: Proof, main: Process, processes: Mapping[str, Process]) -> Proof:
    """`processes` are all diagrams of the bundle by key, `main` among them."""
    fixed = [replace(one, fixes=tuple(_fixes(one, main, processes))) for one in proof.findings[:3] if one.is_certain]
    known = {(one.property, one.element): one for one in fixed}
    return replace(proof, findings=tuple(known.get((one.property, one.element), one) for one in proof.findings))


def _fixes(finding: Finding, main: Process, processes: Mapping[str, Process]) -> list[Fix]:
    found: list[Fix] = []
    for tries, (process, gateway) in enumerate(_gateways(finding, processes)):
        if tries == MOST_TRIES:
            break
        for kind in _INSTEAD[gateway.type]:
            if len(found) < MOST_FIXES and _helps(finding, main, processes, process, replace(gateway, type=kind)):
                found.append(Fix("change_gateway", gateway.id, kind))
    return found


def _gateways(finding: Finding, processes: Mapping[str, Process]) -> Iterator[tuple[Process, Element]]:
    """Where it shows itself first, then the gateways passed on the way there, last ones first."""
    places = dict.fromkeys([finding.element, *(step.element for step in reversed(finding.steps))])
    for place in places:
        for process in processes.values():
            element = process.elements.get(place)
            if element is not None and element.type in _INSTEAD and element.parent == finding.level:
                yield process, element


def _helps(
    finding: Finding, main: Process, processes: Mapping[str, Process], process: Process, changed: Element
) -> bool:
    twin = replace(process, elements={**process.elements, changed.id: changed})
    twins = {key: twin if one is process else one for key, one in processes.items()}
    proof = prove(twin if main is process else main, twins, Budget(3_000, 0.15))
    return proof.verdict != "not_proven" and not any(one.level == finding.level for one in proof.findings)

"""Where tokens can go in a process, as plain graphs from element id to element ids."""

from collections.abc import Collection, Mapping

from engine.definitions.process import Process

Graph = Mapping[str, list[str]]


def along_flows(process: Process) -> dict[str, list[str]]:
    ahead: dict[str, list[str]] = {element_id: [] for element_id in process.elements}
    for flow in process.flows:
        if flow.source in ahead and flow.target in ahead:
            ahead[flow.source].append(flow.target)
    return ahead


def along_everything(process: Process) -> dict[str, list[str]]:
    """Over boundary events and into sub-processes too."""
    ahead = along_flows(process)
    for element in process.elements.values():
        if element.attached_to in ahead:
            ahead[element.attached_to].append(element.id)
        if element.type == "startEvent" and element.parent in ahead:
            ahead[element.parent].append(element.id)
    return ahead


def turned(ahead: Graph) -> dict[str, list[str]]:
    behind: dict[str, list[str]] = {element_id: [] for element_id in ahead}
    for source, targets in ahead.items():
        for target in targets:
            behind[target].append(source)
    return behind


def closure(starts: Collection[str], ahead: Graph, *, stops: Collection[str] = ()) -> set[str]:
    """The starts and all that can be reached from them; paths end at `stops`, which still count as reached."""
    found, left = set(starts), list(starts)
    while left:
        current = left.pop()
        for following in () if current in stops else ahead[current]:
            if following not in found:
                found.add(following)
                left.append(following)
    return found

"""Where tokens can go in a process, as plain graphs from element id to element ids."""

from collections.abc import Collection, Mapping

from engine.definitions.process import Element, Process

Graph = Mapping[str, list[str]]


def along_flows(process: Process) -> dict[str, list[str]]:
    """Along flows, and from each throwing link to its other end."""
    ahead: dict[str, list[str]] = {element_id: [] for element_id in process.elements}
    for flow in process.flows:
        if flow.source in ahead and flow.target in ahead:
            ahead[flow.source].append(flow.target)
    for throw in process.each("intermediateThrowEvent"):
        if throw.event == "link":
            ahead[throw.id] += [catch.id for catch in link_ends(process, throw)]
    return ahead


def link_ends(process: Process, throw: Element) -> list[Element]:
    """The catching links of the same name in the same scope."""
    level = process.within(throw.parent)
    return [e for e in level if e.type == "intermediateCatchEvent" and e.event == "link" and e.link == throw.link]


def along_everything(process: Process) -> dict[str, list[str]]:
    """Over boundary events, to compensation handlers, and into sub-processes too."""
    ahead = along_flows(process)
    for element in process.elements.values():
        if element.attached_to in ahead:
            ahead[element.attached_to].append(element.id)
        if element.handler in ahead:
            ahead[element.id].append(element.handler)
        if (element.type == "startEvent" or element.triggered_by_event) and element.parent in ahead:
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


def scopes_around(process: Process, element: Element) -> list[str]:
    """The ids of the scopes an element lies in, from the innermost to the process itself."""
    found = [element.parent]
    while found[-1] in process.elements:
        found.append(process.elements[found[-1]].parent)
    return found


def inside(process: Process, scope: str) -> list[Element]:
    """Everything in a scope, however deep."""
    found = list(process.within(scope))
    for element in found:
        found += process.within(element.id)
    return found

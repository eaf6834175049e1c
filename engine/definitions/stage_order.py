"""The order in which a case normally meets the elements of one level, whatever order they were drawn in."""

from collections.abc import Mapping

from engine.definitions.process import Element, Flow


def in_flow_order(elements: Mapping[str, Element], *, flows: tuple[Flow, ...], parent: str) -> list[Element]:
    """Along the flows from the start; ways back do not count. Elements that nothing leads to come last, as drawn."""
    level = [element for element in elements.values() if element.parent == parent]
    following: dict[str, list[str]] = {element.id: [] for element in level}
    for flow in flows:
        if flow.source in following and flow.target in following:
            following[flow.source].append(flow.target)
    for element in level:
        if element.attached_to in following:
            following[element.attached_to].append(element.id)
    starts = [e.id for e in level if e.type == "startEvent"] + [e.id for e in level]
    return [elements[i] for i in _reversed_postorder(starts, following=following)]


def _reversed_postorder(starts: list[str], *, following: Mapping[str, list[str]]) -> list[str]:
    seen: set[str] = set()
    parts: list[list[str]] = []
    for start in dict.fromkeys(starts):
        part: list[str] = []
        _visit(start, following=following, seen=seen, finished=part)
        parts.append(part[::-1])
    return [i for part in parts for i in part]


def _visit(start: str, *, following: Mapping[str, list[str]], seen: set[str], finished: list[str]) -> None:
    """Depth first without recursion: a diagram may be 500 elements long."""
    if start in seen:
        return
    seen.add(start)
    path = [(start, iter(following[start][::-1]))]
    while path:
        current, left = path[-1]
        step = next((i for i in left if i not in seen), None)
        if step is None:
            finished.append(current)
            path.pop()
        else:
            seen.add(step)
            path.append((step, iter(following[step][::-1])))

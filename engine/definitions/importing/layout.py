"""A simple picture for a process that has none: left to right, one column further with every step, no overlaps.

The same process always gives the same picture. Ways back do not move anything to the right.
"""

from dataclasses import dataclass, field

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import EVENTS, GATEWAYS, NODES, SCOPES, SEQUENCE_FLOW

Box = tuple[float, float, float, float]
_EVENT, _GATEWAY, _STEP = (36.0, 36.0), (50.0, 50.0), (100.0, 80.0)
_GAP_X, _GAP_Y, _MARGIN = 60.0, 40.0, 40.0


@dataclass
class Picture:
    """Boxes (x, y, width, height) and points of edges by element id; what is inside moves with its scope."""

    boxes: dict[str, Box] = field(default_factory=dict)
    edges: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    size: tuple[float, float] = (0.0, 0.0)

    def take_in(self, other: "Picture", *, x: float, y: float) -> None:
        self.boxes |= {i: (left + x, top + y, width, height) for i, (left, top, width, height) in other.boxes.items()}
        self.edges |= {i: [(px + x, py + y) for px, py in points] for i, points in other.edges.items()}


def picture_of(scope: Node) -> Picture:
    nodes = [node for node in scope.children if node.tag in NODES and node.id]
    flows = [flow for flow in scope.each(SEQUENCE_FLOW) if flow.id]
    inside = {node.id: picture_of(node) for node in nodes if node.tag in SCOPES}
    sizes = {str(node.id): _size(node, inside.get(node.id)) for node in nodes}
    hosts = {str(n.id): n.attributes.get("attachedToRef", "") for n in nodes if n.tag == "bpmn:boundaryEvent"}
    hosts = {event: host for event, host in hosts.items() if host in sizes and host not in hosts}
    columns = _columns([i for i in sizes if i not in hosts], _followers(flows, hosts))
    picture = _placed(columns, sizes)
    _attach(picture, hosts)
    for node_id, inner in inside.items():
        left, top, _, _ = picture.boxes[str(node_id)]
        picture.take_in(inner, x=left, y=top)
    for flow in flows:
        _connect(picture, flow)
    return picture


def _size(node: Node, inner: Picture | None) -> tuple[float, float]:
    if inner is not None:
        return max(inner.size[0], 140.0), max(inner.size[1], 100.0)
    if node.tag in EVENTS:
        return _EVENT
    return _GATEWAY if node.tag in GATEWAYS else _STEP


def _followers(flows: list[Node], hosts: dict[str, str]) -> dict[str, list[str]]:
    """What comes after each node; the ways of a boundary event are those of its host."""
    found: dict[str, list[str]] = {}
    for flow in flows:
        source, target = flow.attributes.get("sourceRef", ""), flow.attributes.get("targetRef", "")
        found.setdefault(hosts.get(source, source), []).append(target)
    return found


def _columns(ids: list[str], followers: dict[str, list[str]]) -> list[list[str]]:
    """The column of a node is one more than that of the last one before it, ways back left out."""
    order, forward = _forward(ids, followers)
    column = dict.fromkeys(ids, 0)
    for node in order:
        for target in forward[node]:
            column[target] = max(column[target], column[node] + 1)
    columns: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for node in order:
        columns[column[node]].append(node)
    return columns


def _forward(ids: list[str], followers: dict[str, list[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """A topological order and the flows that go along it; depth first without recursion."""
    known, state = set(ids), dict.fromkeys(ids, "new")
    entered = {target for targets in followers.values() for target in targets}
    forward: dict[str, list[str]] = {node: [] for node in ids}
    finished: list[str] = []
    for start in [*(node for node in ids if node not in entered), *ids]:
        path = [(start, iter(followers.get(start, ())))] if state[start] == "new" else []
        state[start] = "open" if path else state[start]
        while path:
            node, left = path[-1]
            target = next(left, None)
            if target is None:
                state[node] = "done"
                finished.append(node)
                path.pop()
            elif target in known and state[target] != "open":
                forward[node].append(target)
                if state[target] == "new":
                    state[target] = "open"
                    path.append((target, iter(followers.get(target, ()))))
    return finished[::-1], forward


def _placed(columns: list[list[str]], sizes: dict[str, tuple[float, float]]) -> Picture:
    picture = Picture()
    heights = [sum(sizes[i][1] for i in column) + _GAP_Y * (len(column) - 1) for column in columns]
    tallest = max(heights, default=0.0)
    x = _MARGIN
    for column, height in zip(columns, heights, strict=True):
        width = max(sizes[i][0] for i in column)
        y = _MARGIN + (tallest - height) / 2
        for node in column:
            own_width, own_height = sizes[node]
            picture.boxes[node] = (x + (width - own_width) / 2, y, own_width, own_height)
            y += own_height + _GAP_Y
        x += width + _GAP_X
    picture.size = (x - _GAP_X + _MARGIN, tallest + 2 * _MARGIN)
    return picture


def _attach(picture: Picture, hosts: dict[str, str]) -> None:
    """Boundary events sit side by side on the lower edge of their host."""
    seen: dict[str, int] = {}
    for event, host in hosts.items():
        left, top, width, height = picture.boxes[host]
        place = seen[host] = seen.get(host, 0) + 1
        x = left + min(place * 40.0, width) - 18.0
        picture.boxes[event] = (x, top + height - 18.0, *_EVENT)


def _connect(picture: Picture, flow: Node) -> None:
    source = picture.boxes.get(flow.attributes.get("sourceRef", ""))
    target = picture.boxes.get(flow.attributes.get("targetRef", ""))
    if source and target and flow.id:
        picture.edges[flow.id] = route(source, target)


def route(source: Box, target: Box) -> list[tuple[float, float]]:
    """From the right side to the left side; back below both."""
    start = (source[0] + source[2], source[1] + source[3] / 2)
    end = (target[0], target[1] + target[3] / 2)
    if end[0] > start[0]:
        middle = (start[0] + end[0]) / 2
        return [start, end] if start[1] == end[1] else [start, (middle, start[1]), (middle, end[1]), end]
    below = max(source[1] + source[3], target[1] + target[3]) + _GAP_Y / 2
    leaving = (source[0] + source[2] / 2, source[1] + source[3])
    entering = (target[0] + target[2] / 2, target[1] + target[3])
    return [leaving, (leaving[0], below), (entering[0], below), entering]

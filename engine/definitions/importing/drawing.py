"""The picture of a draft shows all that runs: what is missing is drawn, what shows nothing any more goes."""

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import NODES, SCOPES, SEQUENCE_FLOW, Bench, drop
from engine.definitions.importing.layout import Box, Picture, picture_of, route

_DIAGRAM, _PLANE, _SHAPE, _EDGE = "bpmndi:BPMNDiagram", "bpmndi:BPMNPlane", "bpmndi:BPMNShape", "bpmndi:BPMNEdge"
_SIDES = ("x", "y", "width", "height")
_MAX_LISTED = 2_000


def complete_drawing(bench: Bench) -> None:
    _prune(bench)
    drawn = {_shown(shape) for plane in _planes(bench) for shape in plane.children}
    if not any(node.id in drawn for node in bench.nodes()):
        _draw_everything(bench)
        return
    _connect_inserted(bench)
    _draw_hidden_insides(bench)
    _draw_missing(bench)


def _planes(bench: Bench) -> list[Node]:
    return [plane for diagram in bench.root.each(_DIAGRAM) for plane in diagram.each(_PLANE)]


def _shown(shape: Node) -> str:
    return shape.attributes.get("bpmnElement", "")


def _box(shape: Node) -> Box | None:
    for bounds in shape.each("dc:Bounds"):
        if all(side in bounds.attributes for side in _SIDES):
            x, y, width, height = (float(bounds.attributes[side]) for side in _SIDES)
            return (x, y, width, height) if width >= 1 and height >= 1 else None
    return None


def _prune(bench: Bench) -> None:
    """Shapes of things that are not in the draft, second shapes of one thing, shapes without size."""
    model = {node.id for part in bench.root.children if part.tag != _DIAGRAM for node in part.walk() if node.id}
    seen: set[str] = set()
    gone = 0
    for plane in _planes(bench):
        kept = []
        for shape in plane.children:
            fits = _box(shape) is not None if shape.tag == _SHAPE else len(shape.each("di:waypoint")) > 1
            if _shown(shape) in model and _shown(shape) not in seen and fits:
                kept.append(shape)
                seen.add(_shown(shape))
        gone += len(plane.children) - len(kept)
        plane.children = kept
    _prune_planes(bench, model=model)
    if gone:
        bench.say("shapes_left_out", bench.process, severity="style", count=gone)


def _prune_planes(bench: Bench, *, model: set[str | None]) -> None:
    """A plane shows the process, its collaboration or the inside of a sub-process; empty ones go."""
    subs = {node.id for node in bench.scopes()}
    collaborations = {node.id for node in bench.root.each("bpmn:collaboration")}
    for diagram in bench.root.each(_DIAGRAM):
        planes = diagram.each(_PLANE)
        if not any(plane.children for plane in planes):
            drop(bench.root, diagram)
        for plane in planes:
            if _shown(plane) not in model or _shown(plane) not in subs | collaborations:
                plane.attributes["bpmnElement"] = str(bench.process.id)


def _draw_everything(bench: Bench) -> None:
    for diagram in bench.root.each(_DIAGRAM):
        drop(bench.root, diagram)
    picture = picture_of(bench.process)
    _write(bench, bench.process, picture)
    bench.say("laid_out", bench.process, severity="style", count=len(picture.boxes))


def _write(bench: Bench, scope: Node, picture: Picture) -> None:
    """A diagram of its own with the whole picture of one level and what is inside of it."""
    shapes = [shape_of(bench, node_id, box) for node_id, box in picture.boxes.items()]
    scopes = {node.id for node in bench.scopes()}
    for shape in shapes:
        if _shown(shape) in scopes:
            shape.attributes["isExpanded"] = "true"
    edges = [_edge_of(bench, flow_id, points) for flow_id, points in picture.edges.items()]
    attributes = {"id": bench.new_id(f"{scope.id}_plane"), "bpmnElement": str(scope.id)}
    plane = Node(_PLANE, attributes, [*shapes, *edges], line=scope.line)
    diagram = Node(_DIAGRAM, {"id": bench.new_id(f"{scope.id}_diagram")}, [plane], line=scope.line)
    bench.root.children.append(diagram)


def shape_of(bench: Bench, element_id: str, box: Box) -> Node:
    bounds = Node("dc:Bounds", {side: f"{round(value)}" for side, value in zip(_SIDES, box, strict=True)}, [])
    return Node(_SHAPE, {"id": bench.new_id(f"{element_id}_di"), "bpmnElement": element_id}, [bounds])


def _edge_of(bench: Bench, flow_id: str, points: list[tuple[float, float]]) -> Node:
    waypoints = [Node("di:waypoint", {"x": f"{round(x)}", "y": f"{round(y)}"}, []) for x, y in points]
    return Node(_EDGE, {"id": bench.new_id(f"{flow_id}_di"), "bpmnElement": flow_id}, waypoints)


def _boxes(plane: Node) -> dict[str, Box]:
    return {_shown(shape): box for shape in plane.each(_SHAPE) if (box := _box(shape)) is not None}


def _connect_inserted(bench: Bench) -> None:
    """A gateway of ours stands right behind its step; the ways that began at the step begin there."""
    for plane in _planes(bench):
        boxes = _boxes(plane)
        moved: dict[str, Box] = {}
        for gateway, source in bench.inserted.items():
            if source in boxes:
                x, y, width, height = boxes[source]
                moved[gateway] = (x + width + 15, y + height / 2 - 15, 30.0, 30.0)
        plane.children += [shape_of(bench, gateway, box) for gateway, box in moved.items()]
        sources = {flow.id: flow.attributes.get("sourceRef", "") for flow in bench.each(SEQUENCE_FLOW)}
        for edge in plane.each(_EDGE):
            box = moved.get(sources.get(_shown(edge), ""))
            if box is not None:
                first = {"x": f"{round(box[0] + box[2])}", "y": f"{round(box[1] + box[3] / 2)}"}
                next(child for child in edge.children if child.tag == "di:waypoint").attributes = first


def _draw_hidden_insides(bench: Bench) -> None:
    """A sub-process that is drawn closed, without its steps, gets a page of its own for them."""
    for scope in bench.scopes():
        drawn = {_shown(shape): shape for plane in _planes(bench) for shape in plane.children}
        inside = [node.id for node in scope.children if node.tag in NODES]
        if scope is bench.process or scope.id not in drawn or not inside or any(i in drawn for i in inside):
            continue
        drawn[str(scope.id)].attributes["isExpanded"] = "false"
        _write(bench, scope, picture_of(scope))
        bench.say("inside_laid_out", scope, severity="style", count=len(inside))


def _draw_missing(bench: Bench) -> None:
    added: list[str] = []
    drawn = {_shown(shape) for plane in _planes(bench) for shape in plane.children}
    for scope in bench.scopes():
        plane = _plane_of(bench, scope)
        missing = [node for node in scope.children if node.tag in NODES and node.id not in drawn]
        added += [str(node.id) for node in missing]
        _place(bench, plane, missing)
        boxes = _boxes(plane)
        for flow in scope.each(SEQUENCE_FLOW):
            source, target = (boxes.get(flow.attributes.get(end, "")) for end in ("sourceRef", "targetRef"))
            if flow.id not in drawn and source and target:
                plane.children.append(_edge_of(bench, str(flow.id), route(source, target)))
                added += [str(flow.id)] if flow.attributes["sourceRef"] not in bench.inserted.values() else []
    if added:
        bench.say("drawn_here", bench.process, severity="style", ids=", ".join(added)[:_MAX_LISTED], count=len(added))


def _plane_of(bench: Bench, scope: Node) -> Node:
    """Where the steps of a level are drawn: beside the others of it, else on the first page."""
    inside = {child.id for child in scope.children}
    planes = _planes(bench)
    for plane in planes:
        if _shown(plane) == scope.id or any(_shown(shape) in inside for shape in plane.each(_SHAPE)):
            return plane
    return planes[0]


def _place(bench: Bench, plane: Node, missing: list[Node]) -> None:
    """In a row below the picture; boundary events on their host."""
    boxes = _boxes(plane)
    x = min((box[0] for box in boxes.values()), default=0.0)
    y = max((box[1] + box[3] for box in boxes.values()), default=0.0) + 60.0
    for node in missing:
        host = boxes.get(node.attributes.get("attachedToRef", ""))
        if host is not None:
            box = (host[0] + host[2] - 36.0, host[1] + host[3] - 18.0, 36.0, 36.0)
        else:
            width = 350.0 if node.tag in SCOPES else 100.0
            box = (x, y, width, 80.0)
            x += width + 60.0
        plane.children.append(shape_of(bench, str(node.id), box))

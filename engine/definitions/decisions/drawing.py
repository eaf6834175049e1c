"""Drawings that editors wrote before DMN had any: bounds and edges inside the elements become a DMN drawing."""

from collections.abc import Iterator

from engine.definitions.dialect import Node

DRAWN = ("biodi:bounds", "biodi:edge")
_EXTENSIONS = "dmn:extensionElements"
_REQUIREMENTS = ("dmn:informationRequirement", "dmn:knowledgeRequirement", "dmn:authorityRequirement")


def modern_drawing(root: Node) -> None:
    """Needs the ids of all elements. A file that has a drawing of the standard keeps that one."""
    parts = [part for node in root.children for part in _parts(node)]
    for node in root.children:
        node.children = [child for child in node.children if child.tag != _EXTENSIONS]
    if parts and not root.each("dmndi:DMNDI"):
        diagram = Node("dmndi:DMNDiagram", {}, sorted(parts, key=lambda part: part.tag, reverse=True), line=root.line)
        root.children.append(Node("dmndi:DMNDI", {}, [diagram], line=root.line))


def _parts(node: Node) -> Iterator[Node]:
    for drawn in (part for extensions in node.each(_EXTENSIONS) for part in extensions.children):
        if drawn.tag == "biodi:bounds":
            bounds = Node("dc:Bounds", _numbers(drawn, "x", "y", "width", "height"), [], line=drawn.line)
            yield Node("dmndi:DMNShape", {"dmnElementRef": node.id or ""}, [bounds], line=drawn.line)
        else:
            yield from _edge(node, drawn)


def _edge(node: Node, drawn: Node) -> Iterator[Node]:
    """An arrow is drawn in the element it leads to and named after the one it comes from."""
    wanted = f"#{drawn.attributes.get('source', '')}"
    arrows = (arrow for tag in _REQUIREMENTS for arrow in node.each(tag))
    arrow = next((a for a in arrows if any(end.attributes.get("href") == wanted for end in a.children)), None)
    points = [Node("di:waypoint", _numbers(point, "x", "y"), [], line=point.line) for point in drawn.children]
    if arrow is not None and len(points) > 1:
        yield Node("dmndi:DMNEdge", {"dmnElementRef": arrow.id or ""}, points, line=drawn.line)


def _numbers(node: Node, *names: str) -> dict[str, str]:
    return {name: node.attributes.get(name, "0") for name in names}

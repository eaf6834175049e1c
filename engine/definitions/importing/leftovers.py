"""The last step over the tree: what no step before has taken over and a draft cannot hold goes, and is named."""

import re
from collections import Counter
from collections.abc import Iterable

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.dialect import Node
from engine.definitions.importing.bench import EXTENSIONS, Bench, kind_of
from engine.definitions.importing.draft_table import EXPRESSIONS, KEPT, Kept
from engine.definitions.importing.vendors import of_name

_SHOWN = 400
# The end of a data line that lies inside of the step: the `ioSpecification` it leads to is named.
_PINS = {("bpmn:dataInputAssociation", "bpmn:targetRef"), ("bpmn:dataOutputAssociation", "bpmn:sourceRef")}
_FIRST = ("bpmn:documentation", EXTENSIONS, "bpmn:incoming", "bpmn:outgoing")


def name_leftovers(bench: Bench) -> None:
    sifting = _Sifting(bench)
    sifting.sift(bench.root, owner=bench.root)
    sifting.say_counted()


class _Sifting:
    """One walk; what concerns the picture or the tuning of another engine is counted and named once at the end."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.counted: dict[str, Counter[str]] = {"harmless_left_out": Counter(), "needless_left_out": Counter()}

    def sift(self, node: Node, *, owner: Node) -> None:
        owner = node if node.id or not owner.tag.startswith("bpmn:") else owner
        kept = KEPT[node.tag]
        self._attributes(node, kept, owner=owner)
        self._children(node, kept, owner=owner)
        if node.text.strip() and not kept.text:
            self.bench.say("text_left_out", owner, text=node.text.strip()[:_SHOWN])
            node.text = ""
        for child in node.children:
            if child.tag == EXTENSIONS:
                for inner in child.children:
                    self.sift(inner, owner=owner)
            else:
                self.sift(child, owner=owner)

    def _attributes(self, node: Node, kept: Kept, *, owner: Node) -> None:
        left = {name: value for name, value in node.attributes.items() if not _may_stay(node, name, value, kept)}
        node.attributes = {name: value for name, value in node.attributes.items() if name not in left}
        if node.tag in EXPRESSIONS:
            self._expression_type(node, owner)
        told = {name: value for name, value in left.items() if not _is_default(name, value)}
        loud = [name for name in told if not self._counts(name, node)]
        if loud:
            shown = ", ".join(f'{name}="{told[name]}"' for name in loud)
            self.bench.say("attributes_left_out", owner, attributes=shown[:_SHOWN], count=len(loud), at=node.tag)

    def _expression_type(self, node: Node, owner: Node) -> None:
        said = node.attributes.get("xsi:type", "tFormalExpression")
        if said.rpartition(":")[2] not in ("tFormalExpression", "tExpression"):
            self.bench.say("attributes_left_out", owner, attributes=f'xsi:type="{said}"'[:_SHOWN], count=1, at=node.tag)
        node.attributes["xsi:type"] = "bpmn:tFormalExpression"

    def _children(self, node: Node, kept: Kept, *, owner: Node) -> None:
        for holder in node.each(EXTENSIONS):
            self._attributes(holder, KEPT[EXTENSIONS], owner=owner)
            left = [inner for inner in holder.children if inner.tag not in kept.extensions]
            holder.children = [inner for inner in holder.children if inner.tag in kept.extensions]
            self._say_elements("extension_left_out", left, node, owner)
        gone = [child for child in node.children if child.tag != EXTENSIONS and child.tag not in kept.children]
        self._say_elements("element_left_out", gone, node, owner)
        ids = {id(child) for child in gone}
        staying = [child for child in node.children if id(child) not in ids]
        staying = [child for child in staying if child.tag != EXTENSIONS or child.children]
        node.children = sorted(staying, key=_rank)

    def _say_elements(self, code: str, gone: Iterable[Node], node: Node, owner: Node) -> None:
        by_kind: dict[str, list[Node]] = {}
        for element in gone:
            if not self._counts(element.tag, node):
                by_kind.setdefault(element.tag, []).append(element)
        for tag, elements in by_kind.items():
            detail = "; ".join(_outline(element) for element in elements)[:_SHOWN]
            ids = ", ".join(inner.id for element in elements for inner in element.walk() if inner.id)[:_SHOWN]
            named = {"what": tag, **_named_kind(elements[0]), "count": len(elements), "ids": ids or "—"}
            self.bench.say(code, _placed(owner, elements[0]), detail=detail or "—", **named)

    def _counts(self, name: str, node: Node) -> bool:
        """Whether this is named once for the whole file; everything foreign in the drawing is."""
        in_drawing = node.tag.partition(":")[0] in ("bpmndi", "dc", "di") or (node.tag, name) in _PINS
        code = _counted_as(name, in_drawing=in_drawing)
        if code:
            self.counted[code][name] += 1
        return code is not None

    def say_counted(self) -> None:
        for code, counter in self.counted.items():
            if counter:
                shown = ", ".join(f"{name} × {count}" for name, count in counter.most_common())
                self.bench.say(code, self.bench.root, severity="style", names=shown, count=counter.total())


def _may_stay(node: Node, name: str, value: str, kept: Kept) -> bool:
    pattern = BPMN.values.get((node.tag, name))
    fits = pattern is None or re.fullmatch(pattern, value.strip()) is not None
    return name in kept.attributes and fits and not _is_default(name, value)


def _is_default(name: str, value: str) -> bool:
    """What the standard assumes anyway, and types of points, says nothing."""
    defaults = BPMN.defaults.get(name, frozenset())
    return value in defaults or "*" in defaults or (name == "xsi:type" and value.rpartition(":")[2] == "Point")


def _counted_as(name: str, *, in_drawing: bool) -> str | None:
    vendor, local = of_name(name), name.rpartition(":")[2]
    if name in BPMN.dropped_attributes or (vendor is not None and local in vendor.needless):
        return "needless_left_out"
    if in_drawing or (vendor is not None and local in vendor.harmless):
        return "harmless_left_out"
    return None


def _outline(element: Node) -> str:
    """`camunda:field name="a" (camunda:string)`: enough to find it again in the source."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes.items() if name != "id")
    inner = ", ".join(dict.fromkeys(found.tag for found in element.walk()[1:]))
    text = f": {element.text.strip()}" if element.text.strip() else ""
    return f"{element.tag}{attributes}{text}" + (f" ({inner})" if inner else "")


def _named_kind(element: Node) -> dict[str, str]:
    named = kind_of(element)
    return {"kind": named["element"], "kind_en": named["element_en"]}


def _placed(owner: Node, element: Node) -> Node:
    """The owner, at the line of the element that goes."""
    return Node(owner.tag, owner.attributes, [], line=element.line)


def _rank(child: Node) -> int:
    if child.tag in _FIRST:
        return _FIRST.index(child.tag)
    return len(_FIRST) + child.tag.startswith("bpmndi:")

"""Item definitions to `ItemType`s."""

from lxml import etree

from engine.definitions.decisions.findings import NS, Findings, boxed
from engine.definitions.decisions.item_types import ANY, BUILT_IN, ItemType
from engine.definitions.limits import MAX_BOXED_DEPTH


class TypeReading:
    """The types of a file. Names that lead nowhere, circles and double names are said."""

    def __init__(self, root: etree._Element, findings: Findings) -> None:
        self.findings = findings
        self.nodes: dict[str, etree._Element] = {}
        self.read: dict[str, ItemType] = {}
        for node in root.iterfind("dmn:itemDefinition", NS):
            name = node.get("name", "")
            if not name:
                findings.say("name_missing_in_decision", node, **boxed(node))
            elif name in self.nodes:
                findings.say("decision_name_twice", node, value=name[:80])
            else:
                self.nodes[name] = node
        for name in self.nodes:
            self._defined(name, above=())

    def of(self, node: etree._Element | None) -> ItemType:
        """The type that an element names in `typeRef`; Any when it names none."""
        name = "" if node is None else node.get("typeRef", "").rpartition(":")[2].strip()
        return self._named(name, at=node, above=()) if name else ANY

    def _named(self, name: str, *, at: etree._Element | None, above: tuple[str, ...]) -> ItemType:
        if name in self.nodes:
            return self._defined(name, above=above)
        if name not in BUILT_IN and at is not None:
            self.findings.say("type_unknown", at, value=name[:80])
        return BUILT_IN.get(name, ANY)

    def _defined(self, name: str, *, above: tuple[str, ...]) -> ItemType:
        if name in above:
            self.findings.say("type_in_circle", self.nodes[above[-1]], value=name[:80])
            return ANY
        if len(above) > MAX_BOXED_DEPTH:
            self.findings.say("boxed_too_deep", self.nodes[name], limit=MAX_BOXED_DEPTH)
            return ANY
        if name not in self.read:
            self.read[name] = self._made(self.nodes[name], above=(*above, name))
        return self.read[name]

    def _made(self, node: etree._Element, *, above: tuple[str, ...]) -> ItemType:
        name = node.get("name", "")
        allowed = self.findings.tests(node.find("dmn:allowedValues", NS))
        components = node.findall("dmn:itemComponent", NS)
        if components:
            single = ItemType(name, "context", components=self._components(components, above=above), allowed=allowed)
        else:
            written = node.findtext("dmn:typeRef", "", NS).rpartition(":")[2].strip()
            base = self._named(written, at=node, above=above) if written else ANY
            single = ItemType(name, base=base, allowed=allowed)
        return ItemType(name, "list", of=single) if node.get("isCollection") == "true" else single

    def _components(self, nodes: list[etree._Element], *, above: tuple[str, ...]) -> tuple[tuple[str, ItemType], ...]:
        found: dict[str, ItemType] = {}
        for node in nodes:
            name = node.get("name", "")
            if not name:
                self.findings.say("name_missing_in_decision", node, **boxed(node))
            elif name in found:
                self.findings.say("decision_name_twice", node, value=name[:80])
            found[name] = self._made(node, above=above)
        return tuple(found.items())

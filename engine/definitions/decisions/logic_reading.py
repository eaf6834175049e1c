"""Boxed expressions of a file to `Logic`; what cannot be read is said, and None stands for it."""

from collections.abc import Callable, Iterator

from lxml import etree

from engine.definitions.decisions.dialect import LOGIC
from engine.definitions.decisions.findings import NS, Findings, boxed
from engine.definitions.decisions.item_types import ItemType
from engine.definitions.decisions.logic import (
    BoxedContext,
    BoxedFunction,
    BoxedList,
    Entry,
    Formula,
    Invocation,
    Logic,
    Relation,
)
from engine.definitions.decisions.table_reading import TableReading
from engine.definitions.decisions.type_reading import TypeReading
from engine.definitions.limits import MAX_BOXED_DEPTH


class LogicReading:
    def __init__(self, findings: Findings, types: TypeReading) -> None:
        self.findings = findings
        self.types = types
        self._tables = TableReading(findings, types)
        self._depth = 0

    def decision(self, node: etree._Element) -> Logic | None:
        if not any(True for _ in _boxes(node)):
            self.findings.say("decision_without_logic", node)
            return None
        return self.logic_in(node)

    def logic_in(self, owner: etree._Element) -> Logic | None:
        """The one boxed expression inside an element."""
        (logic,) = [*self._inside(owner), None][:1]
        if logic is None and not any(True for _ in _boxes(owner)):
            self.findings.say("logic_missing", owner, **boxed(owner))
        return logic

    def function(self, node: etree._Element) -> BoxedFunction | None:
        """A function definition, or the logic of a knowledge model. Only functions in FEEL are run."""
        kind = node.get("kind", "FEEL")
        if kind != "FEEL":
            self.findings.say("function_kind", node, value=kind[:20])
            return None
        parameters = tuple(self._items(node, "dmn:formalParameter"))
        body = self.logic_in(node)
        return None if body is None else BoxedFunction(parameters, body, self.types.of(node))

    def _inside(self, owner: etree._Element) -> Iterator[Logic | None]:
        if self._depth >= MAX_BOXED_DEPTH:
            self.findings.say("boxed_too_deep", owner, limit=MAX_BOXED_DEPTH)
            return
        self._depth += 1
        for box in _boxes(owner):
            yield self._read(box)
        self._depth -= 1

    def _read(self, box: etree._Element) -> Logic | None:
        readers: dict[str, Callable[[etree._Element], Logic | None]] = {
            "decisionTable": self._tables.table,
            "literalExpression": self._formula,
            "context": self._context,
            "invocation": self._invocation,
            "list": self._list,
            "relation": self._relation,
            "functionDefinition": self.function,
        }
        return readers[etree.QName(box).localname](box)

    def _formula(self, box: etree._Element) -> Formula | None:
        expression = self.findings.formula(box)
        return None if expression is None else Formula(expression, self.types.of(box))

    def _context(self, box: etree._Element) -> BoxedContext | None:
        entries: dict[str, Entry] = {}
        nodes, result, complete = box.findall("dmn:contextEntry", NS), None, True
        for node in nodes:
            variable, logic = node.find("dmn:variable", NS), self.logic_in(node)
            name = "" if variable is None else variable.get("name", "")
            complete = complete and logic is not None
            if variable is None and node is nodes[-1]:
                result = logic
            elif not name:
                self.findings.say("name_missing_in_decision", node, **boxed(node))
            elif name in entries:
                self.findings.say("decision_name_twice", node, value=name[:80])
            elif logic is not None:
                entries[name] = Entry(name, self.types.of(variable), logic)
        return BoxedContext(tuple(entries.values()), result, self.types.of(box)) if complete else None

    def _list(self, box: etree._Element) -> BoxedList | None:
        items = tuple(self._inside(box))
        return None if None in items else BoxedList(items, self.types.of(box))  # type: ignore[arg-type]

    def _relation(self, box: etree._Element) -> Relation | None:
        columns = tuple(self._items(box, "dmn:column"))
        rows = [tuple(self._inside(row)) for row in box.iterfind("dmn:row", NS)]
        for number, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                self.findings.say("relation_row_length", box, rule=number)
                return None
        broken = any(cell is None for row in rows for cell in row)
        return None if broken else Relation(columns, tuple(rows), self.types.of(box))  # type: ignore[arg-type]

    def _invocation(self, box: etree._Element) -> Invocation | None:
        called = box.find("dmn:literalExpression", NS)
        if called is None:
            self.findings.say("logic_missing", box, **boxed(box))
            return None
        function = self.findings.formula(called)
        bindings: dict[str, Logic | None] = {}
        for node in box.iterfind("dmn:binding", NS):
            parameter = node.find("dmn:parameter", NS)
            name = "" if parameter is None else parameter.get("name", "")
            if not name or name in bindings:
                self._wrong_name(node, name)
            bindings[name] = self.logic_in(node)
        if function is None or None in bindings.values():
            return None
        return Invocation(function, tuple(bindings.items()), self.types.of(box))  # type: ignore[arg-type]

    def _items(self, node: etree._Element, tag: str) -> Iterator[tuple[str, ItemType]]:
        """Names and types of parameters or columns."""
        found: dict[str, ItemType] = {}
        for item in node.iterfind(tag, NS):
            name = item.get("name", "")
            if not name or name in found:
                self._wrong_name(item, name)
            found[name] = self.types.of(item)
        yield from found.items()

    def _wrong_name(self, node: etree._Element, name: str) -> None:
        if name:
            self.findings.say("decision_name_twice", node, value=name[:80])
        else:
            self.findings.say("name_missing_in_decision", node, **boxed(node))


def _boxes(owner: etree._Element) -> Iterator[etree._Element]:
    for child in owner:
        if f"dmn:{etree.QName(child).localname}" in LOGIC:
            yield child

"""Canonical DMN to `Decision`s."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from engine.definitions.decisions.decision import Decision, InputData, KnowledgeModel
from engine.definitions.decisions.findings import NS, Findings, Vocabulary, boxed, id_of
from engine.definitions.decisions.logic import Invocation, Logic, parts
from engine.definitions.decisions.logic_reading import LogicReading
from engine.definitions.decisions.requirements import read_requirements
from engine.definitions.decisions.type_reading import TypeReading
from engine.definitions.lint_problem import LintProblem, error, has_errors

_ELEMENTS = ("dmn:decision", "dmn:businessKnowledgeModel", "dmn:inputData")
_MEMBERS = ("itemComponent", "output", "column", "variable", "formalParameter")
_PLAIN = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class DecisionFile:
    """`unread` are the ids of decisions that have problems, or need one that has; `decisions` leaves them out."""

    decisions: tuple[Decision, ...]
    models: tuple[KnowledgeModel, ...]
    unread: frozenset[str]
    problems: tuple[LintProblem, ...]


def read_decisions(canonical_xml: bytes, *, origins: Sequence[int] = (), seconds: float | None = None) -> DecisionFile:
    """With `seconds` the reader gives up when the file costs more of the processor, and says so."""
    root = etree.fromstring(canonical_xml, etree.XMLParser(resolve_entities=False, no_network=True))
    return _Reading(root, Findings(origins, seconds=seconds, vocabulary=_vocabulary(root))).file()


class _Reading:
    def __init__(self, root: etree._Element, findings: Findings) -> None:
        self.findings = findings
        self.needs = read_requirements(root, findings)
        self.types = TypeReading(root, findings)
        self.logic = LogicReading(findings, self.types)
        self.inputs: dict[str, InputData] = {}
        self.models: dict[str, KnowledgeModel] = {}
        self.decisions: dict[str, Decision] = {}

    def file(self) -> DecisionFile:
        written = self.needs.each("dmn:decision")
        if not written:
            self.findings.problems.append(error("decision_missing_in_file", line=1))
        self._check_names()
        readers = {"dmn:inputData": self._input, "dmn:businessKnowledgeModel": self._model}
        readers["dmn:decision"] = self._decision
        # What stands in a circle is read too, so that all its problems are said at once.
        for thing in dict.fromkeys((*self.needs.order, *self.needs.nodes)):
            if self.needs.kinds[thing] in readers:
                readers[self.needs.kinds[thing]](thing, self.needs.nodes[thing])
        decisions = tuple(self.decisions[i] for i in written if i in self.decisions)
        unread = frozenset(written) - self.decisions.keys()
        return DecisionFile(decisions, tuple(self.models.values()), unread, tuple(self.findings.problems))

    @cached_property
    def _names_of(self) -> dict[str, frozenset[str]]:
        """The names of all functions and all decisions."""
        return {
            tag: frozenset(name for thing in self.needs.each(tag) for name in _names(self.needs.nodes[thing]))
            for tag in ("dmn:businessKnowledgeModel", "dmn:decision")
        }

    def _check_names(self) -> None:
        seen: set[str] = set()
        for node in (self.needs.nodes[thing] for tag in _ELEMENTS for thing in self.needs.each(tag)):
            name = node.get("name", "")
            if name and name in seen:
                self.findings.say("decision_name_twice", node, value=name[:80])
            seen.add(name)

    def _input(self, thing: str, node: etree._Element) -> None:
        self.inputs[thing] = InputData(_names(node), self.types.of(node.find("dmn:variable", NS)))

    def _model(self, thing: str, node: etree._Element) -> None:
        before, written = len(self.findings.problems), node.find("dmn:encapsulatedLogic", NS)
        if written is None:
            self.findings.say("logic_missing", node, **boxed(node))
            return
        function, knows, names = self.logic.function(written), self._known(thing), _names(node)
        if function is None or knows is None:
            return
        self._check_use(node, function, knows=knows, given=frozenset(names))
        if not self._is_wrong_since(before):
            free = self._free(function, given={*names, *_called(knows)}) | _inner(knows)
            self.models[thing] = KnowledgeModel(thing, names, function, knows, free)

    def _decision(self, thing: str, node: etree._Element) -> None:
        before, variable = len(self.findings.problems), node.find("dmn:variable", NS)
        logic, kind = self.logic.decision(node), self.types.of(variable)
        knows, requires = self._known(thing), self._required(thing)
        if logic is None or knows is None or requires is None or thing not in self.needs.order:
            return
        given = {name for needed in requires for name in (needed.id, needed.name, needed.variable)}
        self._check_use(node, logic, knows=knows, given=frozenset({*given, *_names(node), thing}))
        if self._is_wrong_since(before):
            return
        self.decisions[thing] = Decision(
            id=thing,
            name=node.get("name") or _names(node)[0],
            variable=_names(node)[0],
            logic=logic,
            type=kind,
            requires=requires,
            order=self._order(requires),
            inputs=tuple(self.inputs[i] for i in self.needs.each("dmn:inputData", self.needs.of(thing))),
            knows=knows,
            free_names=self._free(logic, given={*given, *_called(knows)}) | _inner(knows) | _inner(requires),
            line=self.findings.line(node),
        )

    def _known(self, thing: str) -> tuple[KnowledgeModel, ...] | None:
        """The functions that something may call; None when one of them cannot be used."""
        ids = [i for i in self.needs.each("dmn:businessKnowledgeModel", self.needs.of(thing)) if i != thing]
        return tuple(self.models[i] for i in ids) if self.models.keys() >= set(ids) else None

    def _required(self, thing: str) -> tuple[Decision, ...] | None:
        ids = self.needs.each("dmn:decision", self.needs.of(thing))
        return tuple(self.decisions[i] for i in ids) if self.decisions.keys() >= set(ids) else None

    def _order(self, requires: tuple[Decision, ...]) -> tuple[Decision, ...]:
        wanted = {needed.id for direct in requires for needed in (direct, *direct.order)}
        return tuple(self.decisions[i] for i in self.needs.order if i in wanted)

    def _free(self, logic: Logic, *, given: set[str]) -> frozenset[str]:
        return logic.free_names - given - self.findings.vocabulary.members

    def _is_wrong_since(self, before: int) -> bool:
        return has_errors(self.findings.problems[before:])

    def _check_use(
        self, node: etree._Element, logic: Logic, *, knows: tuple[KnowledgeModel, ...], given: frozenset[str]
    ) -> None:
        """Every decision and function that is named has its arrow, and every function gets only what it takes."""
        unknown = logic.free_names - given - _called(knows)
        for tag, severity in (("dmn:businessKnowledgeModel", "error"), ("dmn:decision", "warning")):
            for name in sorted(unknown & self._names_of[tag]):
                self.findings.say("requirement_missing", node, severity=severity, value=name[:80])
        functions = {name: model.logic for model in knows for name in model.names}
        for call in parts(logic):
            if isinstance(call, Invocation) and call.function.source.strip() in functions:
                taken = {name for name, _ in functions[call.function.source.strip()].parameters}
                for name, _ in call.bindings:
                    if name not in taken:
                        function = call.function.source.strip()
                        self.findings.say("parameter_unknown", node, value=name[:80], function=function[:80])


def _vocabulary(root: etree._Element) -> Vocabulary:
    elements: set[str] = set()
    for node in (node for tag in _ELEMENTS for node in root.iterfind(tag, NS)):
        elements |= {id_of(node), *_names(node)}
    members = (node.get("name", "") for node in root.iter(*(f"{{{NS['dmn']}}}{tag}" for tag in _MEMBERS)))
    others = frozenset(name for name in members if name.strip() and not _PLAIN.fullmatch(name))
    return Vocabulary(frozenset(filter(str.strip, elements)), others - elements)


def _names(node: etree._Element) -> tuple[str, ...]:
    """Under which names others know the value: that of the variable first, which is meant to be the only one."""
    variable = node.find("dmn:variable", NS)
    found = ("" if variable is None else variable.get("name", ""), node.get("name", ""))
    return tuple(dict.fromkeys(filter(None, found))) or (id_of(node),)


def _called(models: Iterable[KnowledgeModel]) -> frozenset[str]:
    return frozenset(name for model in models for name in model.names)


def _inner(needed: Iterable[KnowledgeModel | Decision]) -> frozenset[str]:
    return frozenset().union(*(one.free_names for one in needed))

"""The same file read a second time, by another parser and other code: what is shown and what runs must agree.

The first reading is lxml with the whitelist and `process_file`; this one is expat with a stack of names. Where they
differ, one of them was led astray, and nobody should run the file. (OWASP ASVS 5.0, 1.5.3: parsers agree.)
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from engine.definitions.bpmn_dialect import FLOW_NODES
from engine.definitions.process import Process

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_STEPS = frozenset(["sequenceFlow", *(tag.partition(":")[2] for tag in FLOW_NODES)])
_SCOPES = ("process", "subProcess")


@dataclass(frozen=True)
class Seen:
    """One step (`ends` is the host of a boundary event) or one flow (`ends` are its source and target)."""

    id: str
    type: str
    name: str
    parent: str
    ends: tuple[str, ...]
    says: str


def seen_in(text: bytes) -> tuple[Seen, ...]:
    """Steps and flows of a BPMN file in UTF-8 without document type, in the order of the file."""
    reading = _Reading()
    reading.read(text)
    return tuple(reading.found)


def seen_by_process(process: Process) -> frozenset[Seen]:
    """What the engine will run, in the same words."""
    steps = (
        Seen(e.id, e.type, e.name, e.parent, (e.attached_to or "",), e.default or "") for e in process.elements.values()
    )
    flows = (
        Seen(f.id, "sequenceFlow", f.name, f.parent, (f.source, f.target), f.condition or "") for f in process.flows
    )
    return frozenset([*steps, *flows])


def first_difference(one: frozenset[Seen], other: frozenset[Seen]) -> str | None:
    """The id of a step or flow that only one side has as it is."""
    return min((seen.id for seen in one ^ other), default=None)


@dataclass
class _Reading:
    """Only what stands in the process, in its sub-processes and in nothing else is a step."""

    found: list[Seen] = field(default_factory=list)
    path: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    condition: list[str] | None = None

    def read(self, text: bytes) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.Parse(text, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        tag = local if namespace == _BPMN else ""
        self.path.append((tag, attributes))
        if self._is_step():
            self.found.append(_seen(tag, attributes, parent=self.path[-2][1].get("id", "")))
        elif tag == "conditionExpression" and self.path[-2][0] == "sequenceFlow" and self.condition is None:
            self.condition = []

    def _is_step(self) -> bool:
        if self.path[-1][0] not in _STEPS:
            return False
        tags = [tag for tag, _ in self.path]
        around = tags[:2] == ["definitions", "process"] and all(tag in _SCOPES for tag in tags[1:-1])
        return len(tags) > 2 and around

    def text(self, text: str) -> None:
        if self.condition is not None:
            self.condition.append(text)

    def end(self, _: str) -> None:
        tag, _attributes = self.path.pop()
        if tag == "conditionExpression" and self.condition is not None:
            flow = self.found[-1]
            said = "".join(self.condition).strip()
            self.found[-1] = Seen(flow.id, flow.type, flow.name, flow.parent, flow.ends, said)
            self.condition = None


def _seen(tag: str, attributes: dict[str, str], *, parent: str) -> Seen:
    names = ("sourceRef", "targetRef") if tag == "sequenceFlow" else ("attachedToRef",)
    ends = tuple(attributes.get(name, "") for name in names)
    says = "" if tag == "sequenceFlow" else attributes.get("default", "")
    return Seen(attributes.get("id", ""), tag, attributes.get("name", ""), parent, ends, says)

"""Mini-processes as a few lines of text, so that an inventory of a hundred of them can be read.

begin -> work -> finish           flows; what nothing leads to is a start, what leads nowhere an end
g -> a ? = x > 3                  a flow with a condition; `? default` is the default flow
user work                         an element: word and id, then what it has
boundary late: on work; timer P1D; goes on
sub part:                         what lies inside is indented
    inner_begin -> inner -> inner_end
message room: = case.number       a definition: `message`, `signal`, `error`, `escalation`
line comp -> undo                 an association
<bpmn:laneSet id="lanes" />       BPMN as it is
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import quoteattr

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
GROUP = "enterprise_hr"
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "user": "userTask",
    "manual": "manualTask",
    "script": "scriptTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "sub": "subProcess",
    "whenever": "subProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "first": "eventBasedGateway",
}
_DEFINED = {"message", "signal", "error", "escalation"}
_HELP = "<bpmn:documentation>Do what it says.</bpmn:documentation>"
_FORMAL = 'xsi:type="bpmn:tFormalExpression"'
_TIMES = {"date": "timeDate", "cycle": "timeCycle"}


@dataclass
class _Node:
    tag: str
    id: str
    attributes: dict[str, str] = field(default_factory=dict)
    extensions: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def xml(self) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        mapping = [f"<zeebe:ioMapping>{''.join(self.inputs)}</zeebe:ioMapping>"] if self.inputs else []
        extra = [f"<zeebe:properties>{''.join(self.properties)}</zeebe:properties>"] if self.properties else []
        extensions = "".join([*self.extensions, *mapping, *extra])
        said = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>" if extensions else ""
        return (
            f'<bpmn:{self.tag} id="{self.id}" name="{self.id}"{attributes}>{_HELP}{said}{"".join(self.parts)}'
            f"</bpmn:{self.tag}>"
        )


def diagram(text: str, *, process: str, is_main: bool = True, guests: str = "") -> bytes:
    """The BPMN file of a mini-process with this key."""
    lines = [line for line in text.splitlines() if line.strip()]
    shared = [_shared(line) for line in lines if _is_beside(line)]
    body = _scope([line for line in lines if not _is_beside(line)])
    properties = {"number_prefix": "T", "starter_groups": GROUP, "oversight_groups": GROUP} if is_main else {}
    properties |= {"guest_groups": guests} if guests else {}
    listed = "".join(map(_property, properties, properties.values()))
    head = f"<bpmn:extensionElements><zeebe:properties>{listed}</zeebe:properties></bpmn:extensionElements>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {NAMESPACES} id="definitions" '
        f'targetNamespace="tongban">\n<bpmn:process id="{process}" name="{process}" isExecutable="true">'
        f"{head if properties else ''}{body}</bpmn:process>{''.join(shared)}</bpmn:definitions>"
    ).encode()


def _is_beside(line: str) -> bool:
    return line.split(" ", maxsplit=1)[0] in (*_DEFINED, "beside")


def _scope(lines: list[str]) -> str:
    nodes: dict[str, _Node] = {}
    written: list[str] = []
    flows: list[tuple[str, str, str]] = []
    for line, inside in _blocks(lines):
        if " -> " in line and not line.startswith("line "):
            flows += _flows(line)
        elif line.startswith("<"):
            written.append(line)
        elif line.startswith("line "):
            written.append(_association(line))
        else:
            node = _node(line)
            node.parts += [_scope(inside)] if inside else []
            nodes[node.id] = node
    _name_ends(nodes, flows)
    return "".join([*(node.xml() for node in nodes.values()), *_drawn(flows, nodes), *written])


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line of this level with the deeper lines below it."""
    number = 0
    while number < len(lines):
        inside = number + 1
        while inside < len(lines) and lines[inside].startswith("    "):
            inside += 1
        yield lines[number].strip(), [line[4:] for line in lines[number + 1 : inside]]
        number = inside


def _flows(line: str) -> list[tuple[str, str, str]]:
    way, _, condition = line.partition(" ? ")
    return [(source, target, condition.strip()) for source, target in pairwise(way.split(" -> "))]


def _name_ends(nodes: dict[str, _Node], flows: list[tuple[str, str, str]]) -> None:
    sources, targets = [flow[0] for flow in flows], [flow[1] for flow in flows]
    for name in dict.fromkeys([*sources, *targets]):
        if name not in nodes:
            nodes[name] = _Node(
                "startEvent" if name not in targets else "endEvent" if name not in sources else "task", name
            )
    for source, target, condition in flows:
        if condition == "default":
            nodes[source].attributes["default"] = f"{source}_to_{target}"


def _drawn(flows: list[tuple[str, str, str]], nodes: dict[str, _Node]) -> Iterator[str]:
    for source, target, condition in flows:
        when = f"<bpmn:conditionExpression {_FORMAL}>{_text(condition)}</bpmn:conditionExpression>"
        yield (
            f'<bpmn:sequenceFlow id="{source}_to_{target}" name="way" sourceRef="{source}" targetRef="{target}">'
            f"{when if condition not in ('', 'default') else ''}</bpmn:sequenceFlow>"
        )


def _node(line: str) -> _Node:
    head, _, options = line.partition(":")
    word, _, id_ = head.partition(" ")
    node = _Node(_TAGS.get(word, word), id_.strip())
    if word == "whenever":
        node.attributes["triggeredByEvent"] = "true"
    if word == "user" and "for nobody" not in options and "offered " not in options:
        options += f"; groups {GROUP}"
    for option in filter(None, (part.strip() for part in options.split(";"))):
        name, _, rest = option.partition(" ")
        _OPTIONS[name](node, rest.strip())
    return node


def _shared(line: str) -> str:
    """`name` and `id` are one; what follows is the key, the code or nothing."""
    if line.startswith("beside "):
        return line.removeprefix("beside ")
    head, _, said = line.partition(":")
    word, _, id_ = head.partition(" ")
    said = said.strip()
    if word == "message":
        key = f"<zeebe:subscription correlationKey={quoteattr(said)} />" if said else ""
        inner = f"<bpmn:extensionElements>{key}</bpmn:extensionElements>" if said else ""
        return f'<bpmn:message id="{id_}" name="{id_}">{inner}</bpmn:message>'
    code = f' {word}Code="{said}"' if said else ""
    return f'<bpmn:{word} id="{id_}" name="{id_}"{code} />'


def _association(line: str) -> str:
    source, target = line.removeprefix("line ").split(" -> ")
    return f'<bpmn:association id="{source}_with_{target}" sourceRef="{source}" targetRef="{target}" />'


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _property(name: str, value: str) -> str:
    return f"<zeebe:property name={quoteattr(name)} value={quoteattr(value)} />"


def _event(kind: str, reference: str = "") -> object:
    def put(node: _Node, rest: str) -> None:
        said = f" {reference}={quoteattr(rest)}" if reference and rest else ""
        node.parts.append(f"<bpmn:{kind}EventDefinition{said} />")

    return put


def _timer(node: _Node, rest: str) -> None:
    word, _, value = rest.partition(" ")
    tag = _TIMES.get(word, "timeDuration")
    said = _text(value if word in _TIMES else rest)
    node.parts.append(
        f"<bpmn:timerEventDefinition><bpmn:{tag} {_FORMAL}>{said}</bpmn:{tag}></bpmn:timerEventDefinition>"
    )


def _message(node: _Node, rest: str) -> None:
    if node.tag in ("sendTask", "receiveTask"):
        node.attributes["messageRef"] = rest
    else:
        _event("message", "messageRef")(node, rest)  # type: ignore[operator]


def _when(node: _Node, rest: str) -> None:
    inner = f"<bpmn:condition {_FORMAL}>{_text(rest)}</bpmn:condition>"
    node.parts.append(f"<bpmn:conditionalEventDefinition>{inner}</bpmn:conditionalEventDefinition>")


def _each(node: _Node, rest: str) -> None:
    """`each item of = list [into results = output] [until = condition] [in order]`."""
    found = re.fullmatch(r"(\w+) of (=.+?)(?: into (\w+) (=.+?))?(?: until (=.+?))?( in order)?", rest)
    assert found, rest
    element, collection, results, output, until, in_order = found.groups()
    gathered = f" outputCollection={quoteattr(results)} outputElement={quoteattr(output)}" if results else ""
    named = f"inputCollection={quoteattr(collection)} inputElement={quoteattr(element)}{gathered}"
    said = f"<zeebe:loopCharacteristics {named} />"
    done = f"<bpmn:completionCondition {_FORMAL}>{_text(until)}</bpmn:completionCondition>" if until else ""
    order = ' isSequential="true"' if in_order else ""
    node.parts.append(
        f"<bpmn:multiInstanceLoopCharacteristics{order}><bpmn:extensionElements>{said}</bpmn:extensionElements>{done}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def _goes_on(node: _Node, rest: str) -> None:
    node.attributes["isInterrupting" if node.tag == "startEvent" else "cancelActivity"] = "false"


def _mapping(kind: str) -> object:
    def put(node: _Node, rest: str) -> None:
        target, _, source = rest.partition(" ")
        node.inputs.append(f"<zeebe:{kind} source={quoteattr(source)} target={quoteattr(target)} />")

    return put


def _extension(template: str) -> object:
    def put(node: _Node, rest: str) -> None:
        words = rest.split(" ", 1)
        node.extensions.append(template.format(*map(quoteattr, words), *['""'] * 2))

    return put


def _offered(node: _Node, rest: str) -> None:
    node.extensions.append(f"<zeebe:assignmentDefinition candidateUsers={quoteattr(rest)} />")


def _called(node: _Node, rest: str) -> None:
    name, *switches = rest.split(" ")
    off = "".join(f' propagateAll{which.capitalize()}Variables="false"' for which in switches)
    node.extensions.append(f"<zeebe:calledElement processId={quoteattr(name)}{off} />")


def _script(node: _Node, rest: str) -> None:
    """`= {x: 1}`, or `x = 1` for a result variable."""
    variable, _, source = rest.partition("=")
    result = f" resultVariable={quoteattr(variable.strip())}" if variable.strip() else ""
    node.extensions.append(f"<zeebe:script expression={quoteattr(f'={source}')}{result} />")


_OPTIONS = {
    "on": lambda node, rest: node.attributes.update(attachedToRef=rest),
    "goes": _goes_on,
    "timer": _timer,
    "message": _message,
    "signal": _event("signal", "signalRef"),
    "error": _event("error", "errorRef"),
    "escalation": _event("escalation", "escalationRef"),
    "condition": _when,
    "link": _event("link", "name"),
    "compensate": _event("compensate", "activityRef"),
    "terminate": _event("terminate"),
    "cancel": _event("cancel"),
    "each": _each,
    "in": _mapping("input"),
    "out": _mapping("output"),
    "groups": _extension("<zeebe:assignmentDefinition candidateGroups={0} />"),
    "offered": _offered,
    "form": _extension("<zeebe:formDefinition formId={0} />"),
    "type": _extension("<zeebe:taskDefinition type={0} />"),
    "decision": _extension("<zeebe:calledDecision decisionId={0} resultVariable={1} />"),
    "calls": _called,
    "does": _script,
    "for": lambda node, rest: node.attributes.update(isForCompensation="true") if rest == "compensation" else None,
    "property": lambda node, rest: node.properties.append(_property(*rest.split(" ", 1))),
    "attribute": lambda node, rest: node.attributes.update([rest.split("=", 1)]),
    "raw": lambda node, rest: node.parts.append(rest),
}

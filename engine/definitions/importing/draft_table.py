"""What a draft may hold: our dialect, and the rest of executable BPMN, which the ordinary door judges by name."""

from dataclasses import dataclass

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.dialect import Allowed
from engine.definitions.importing.bench import ACTIVITIES, EVENTS, GATEWAYS, NODES, SEQUENCE_FLOW

_LOOPS = ("bpmn:multiInstanceLoopCharacteristics", "bpmn:standardLoopCharacteristics")
_EVENT_DEFINITIONS = (
    *(tag for tag in BPMN.elements if tag.endswith("EventDefinition")),
    "bpmn:cancelEventDefinition",
)
_HEAD = ("bpmn:documentation", "bpmn:extensionElements", "bpmn:incoming", "bpmn:outgoing")
_INSIDE = (*NODES, SEQUENCE_FLOW, "bpmn:textAnnotation", "bpmn:association", "bpmn:group")
_SPECIAL_SCOPES = ("bpmn:transaction", "bpmn:adHocSubProcess")

# Beyond the dialect: attributes and children that say what an element does. The door refuses them with their names,
# which tells a person more than a draft from which they have gone.
_STANDARD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(ACTIVITIES, (("isForCompensation", "default"), _LOOPS)),
    **dict.fromkeys(EVENTS, (("parallelMultiple",), _EVENT_DEFINITIONS)),
    **dict.fromkeys(GATEWAYS, (("default", "instantiate", "eventGatewayType"), ())),
    **dict.fromkeys(
        _SPECIAL_SCOPES,
        (
            ("id", "name", "triggeredByEvent", "isForCompensation", "ordering", "cancelRemainingInstances", "method"),
            (*_HEAD, *_LOOPS, *_INSIDE, "bpmn:completionCondition"),
        ),
    ),
    "bpmn:complexGateway": (("id", "name", "default"), (*_HEAD, "bpmn:activationCondition")),
    "bpmn:process": ((), NODES),
    "bpmn:subProcess": ((), (*_SPECIAL_SCOPES, "bpmn:complexGateway")),
    "bpmn:receiveTask": (("instantiate",), ()),
    "bpmn:compensateEventDefinition": (("waitForCompletion",), ()),
    "bpmn:cancelEventDefinition": (("id",), ()),
    "bpmn:multiInstanceLoopCharacteristics": ((), ("bpmn:loopCardinality",)),
    "bpmn:standardLoopCharacteristics": (("testBefore", "loopMaximum"), ("bpmn:loopCondition",)),
    **dict.fromkeys(
        ("bpmn:activationCondition", "bpmn:loopCardinality", "bpmn:loopCondition"), (("xsi:type", "id"), ())
    ),
}
_TEXTS = {"bpmn:activationCondition", "bpmn:loopCardinality", "bpmn:loopCondition"}


@dataclass(frozen=True)
class Kept:
    attributes: frozenset[str]
    children: frozenset[str]
    extensions: frozenset[str]
    text: bool


def _kept(tag: str) -> Kept:
    ours = BPMN.elements.get(tag, Allowed())
    attributes, children = _STANDARD.get(tag, ((), ()))
    return Kept(
        frozenset({*attributes, *ours.attributes}),
        frozenset({*children, *(child for group in ours.children for child in group)}),
        frozenset(ours.extensions),
        ours.text or tag in _TEXTS,
    )


KEPT = {tag: _kept(tag) for tag in {*BPMN.elements, *_STANDARD}}
EXPRESSIONS = frozenset(tag for tag, kept in KEPT.items() if "xsi:type" in kept.attributes)

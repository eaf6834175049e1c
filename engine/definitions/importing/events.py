"""Event definitions that stand elsewhere in the file come to the event that refers to them."""

from copy import deepcopy

from engine.definitions.importing.bench import EVENTS, Bench, absorb, drop

_REFERENCES = {
    "bpmn:messageEventDefinition": "messageRef",
    "bpmn:signalEventDefinition": "signalRef",
    "bpmn:receiveTask": "messageRef",
}


def ask_for_references(bench: Bench) -> None:
    """Tools draw events before anybody says which message or signal they are about."""
    for event in bench.each(*EVENTS, "bpmn:receiveTask"):
        for told in (event, *event.children):
            name = _REFERENCES.get(told.tag)
            if name is not None and not told.attributes.get(name, "").strip():
                bench.say("event_without_reference", event, severity="error", what=told.tag, reference=name)


def inline_definitions(bench: Bench) -> None:
    known = {node.id: node for node in bench.root.children if node.tag.endswith("EventDefinition")}
    used: set[str] = set()
    for event in bench.each(*EVENTS):
        for reference in event.each("bpmn:eventDefinitionRef"):
            name = reference.text.strip()
            found = known.get(name)
            if found is None:
                bench.say("event_definition_unknown", event, severity="error", reference=name)
                continue
            copy = deepcopy(found)
            if name in used:
                copy.attributes.pop("id", None)
            used.add(name)
            absorb(event, reference)
            event.children.append(copy)
    for name in used:
        drop(bench.root, known[name])

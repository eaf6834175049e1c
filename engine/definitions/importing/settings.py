"""Attributes of other engines to extension elements of ours, by the tables of the vendors."""

import re

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, setting
from engine.definitions.importing.expressions import moment, translated
from engine.definitions.importing.vendors import Setting, of_name

_THROWING = ("bpmn:intermediateThrowEvent", "bpmn:endEvent")
_FORM_ENDING = re.compile(r"\.(html?|jsp|xhtml|jsf|json|form|js)\Z", re.IGNORECASE)


def map_settings(bench: Bench) -> None:
    _lift_from_messages(bench)
    for node in bench.nodes():
        for name in list(node.attributes):
            vendor = of_name(name)
            for rule in vendor.settings if vendor else ():
                if name == f"{vendor.prefix}:{rule.source}" and node.tag in rule.on:  # type: ignore[union-attr]
                    _map(bench, node, name, rule)


def _lift_from_messages(bench: Bench) -> None:
    """Java engines say on the message of a throwing event what an engine of ours reads from the event itself."""
    for event in bench.each(*_THROWING):
        for definition in event.each("bpmn:messageEventDefinition"):
            for name in [name for name in definition.attributes if of_name(name)]:
                event.attributes.setdefault(name, definition.attributes.pop(name))


def _map(bench: Bench, node: Node, name: str, rule: Setting) -> None:
    """What cannot be said twice stays where it is and is named with the rest of the node."""
    if name not in node.attributes:
        return
    value = node.attributes[name].strip()
    target = setting(node, rule.onto)
    if rule.source == "type" and value == "external":
        del node.attributes[name]  # the topic says the same and more
        return
    if rule.name in target.attributes or not value:
        return
    del node.attributes[name]
    read = _read(bench, node, rule, value)
    if read is None:
        return
    target.attributes[rule.name] = read
    if rule.note:
        bench.say(rule.note, node, value=value, attribute=name, written=read)


def _read(bench: Bench, node: Node, rule: Setting, value: str) -> str | None:
    if rule.reading == "expression":
        return translated(bench, value, node)
    if rule.reading == "moment":
        return moment(bench, value, node)
    if rule.reading == "groups":
        groups = [translated(bench, group, node) for group in value.split(",") if group.strip()]
        return ",".join(groups)
    return form_id(value) if rule.reading == "form" else value


def form_id(key: str) -> str:
    """`embedded:app:forms/Start Form.html` is the form `Start_Form`."""
    last = re.split(r"[:/\\]", key.strip())[-1]
    return re.sub(r"[^\w.-]", "_", _FORM_ENDING.sub("", last)) or "form"

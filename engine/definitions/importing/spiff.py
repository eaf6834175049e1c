"""SpiffWorkflow's own extension elements that have a clear counterpart."""

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, drop, keep_rest, setting, take_extensions
from engine.definitions.importing.settings import form_id

_P = "spiffworkflow"
_FORM_FILE = "formJsonSchemaFilename"


def spiff_extensions(bench: Bench) -> None:
    for node in bench.nodes():
        for told in take_extensions(node, f"{_P}:instructionsForEndUser"):
            node.children.append(Node("bpmn:documentation", {}, [], told.text.strip(), told.line))
            keep_rest(node, told, known=(), children=told.children)
        for called in take_extensions(node, f"{_P}:calledDecisionId"):
            decision = called.text.strip()
            setting(node, "zeebe:calledDecision").attributes.setdefault("decisionId", decision)
            told_as = {"value": decision, "attribute": called.tag, "written": decision}
            bench.say("decision_needed", node, **told_as)
            keep_rest(node, called, known=(), children=called.children)
        _form(bench, node)


def _form(bench: Bench, node: Node) -> None:
    """A JSON schema is not a form-js schema: its name is kept, the form is to be drawn."""
    for properties in take_extensions(node, f"{_P}:properties"):
        for found in [child for child in properties.children if child.attributes.get("name") == _FORM_FILE]:
            value = found.attributes.get("value", "")
            form = form_id(value)
            setting(node, "zeebe:formDefinition").attributes.setdefault("formId", form)
            bench.say("form_needed", node, value=value, attribute=_FORM_FILE, written=form)
            drop(properties, found)
        keep_rest(node, properties, known=(), children=properties.children)

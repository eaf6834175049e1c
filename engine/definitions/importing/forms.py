"""Forms that lie inside of a diagram become forms of their own, as far as their fields are known here."""

import json
from typing import Any

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, drop, extend, extensions, keep_rest, setting, take_extensions
from engine.definitions.importing.mappings import named
from engine.definitions.importing.settings import form_id

_FIELDS = {
    "string": "textfield",
    "long": "number",
    "integer": "number",
    "int": "number",
    "double": "number",
    "boolean": "checkbox",
    "enum": "select",
    "date": "datetime",
}
_KNOWN_FIELD = {"id", "label", "name", "type", "required"}
# The form-js schema that forms are read by; older ones differ in parts that are checked when the form is read.
_VERSION = 16
_FORM = "zeebe:formDefinition"


def embedded_forms(bench: Bench) -> None:
    """Camunda 8 keeps the form-js schema in the process and points to it by `camunda-forms:bpmn:<id>`."""
    schemas = {found.id: found for found in extensions(bench.process) if found.tag == "zeebe:userTaskForm"}
    for node in bench.nodes():
        for definition in [inner for inner in extensions(node) if inner.tag == _FORM]:
            key = definition.attributes.pop("formKey", "").strip()
            schema = schemas.get(key.rpartition(":")[2]) if key else None
            if schema is not None:
                _take_out(bench, node, definition, schema)
            elif key:
                definition.attributes.setdefault("formId", form_id(key))
                bench.say("form_needed", node, value=key, attribute="formKey", written=definition.attributes["formId"])


def _take_out(bench: Bench, node: Node, definition: Node, schema: Node) -> None:
    try:
        content = json.loads(schema.text)
        form = form_id(str(content["id"]))
        content["schemaVersion"] = max(int(content.get("schemaVersion") or 0), _VERSION)
    except (ValueError, KeyError, TypeError, RecursionError):
        bench.say("form_unreadable", node, severity="error", form=schema.id)
        return
    definition.attributes.setdefault("formId", form)
    bench.forms[form] = json.dumps({**content, "id": form}, ensure_ascii=False, indent=2)
    for holder in bench.process.each("bpmn:extensionElements"):
        drop(holder, schema)
    bench.say("form_taken_out", node, severity="style", form=form)


def generated_forms(bench: Bench) -> None:
    """Fields that Camunda 7 and Activiti list on the step itself; validations and default values are named."""
    for node in bench.each("bpmn:userTask", "bpmn:startEvent"):
        lists = take_extensions(node, *named("formData"))
        properties = take_extensions(node, *named("formProperty"))
        fields = [child for found in lists for child in found.children if _local(child) == "formField"] + properties
        for found in lists:
            others = [child for child in found.children if _local(child) != "formField"]
            keep_rest(node, found, known=(), children=others)
        if not fields:
            continue
        form = bench.new_id(f"{node.id}_form")
        components = [_component(field) for field in fields]
        schema = {"type": "default", "id": form, "schemaVersion": _VERSION, "components": components}
        bench.forms[form] = json.dumps(schema, ensure_ascii=False, indent=2)
        setting(node, _FORM).attributes.setdefault("formId", form)
        bench.say("form_made", node, form=form, count=len(fields))
        for field in fields:
            _keep_unknown(node, field)


def _component(field: Node) -> dict[str, Any]:
    kind = field.attributes.get("type", "string")
    key = field.attributes.get("id", "")
    component: dict[str, Any] = {"type": _FIELDS.get(kind, "textfield"), "key": key, "id": f"Field_{key}"}
    component["label"] = field.attributes.get("label") or field.attributes.get("name") or key
    if kind == "date":
        component |= {"subtype": "date", "dateLabel": component["label"]}
    if kind == "enum":
        values = [child.attributes for child in field.children if _local(child) == "value"]
        component["values"] = [{"value": v.get("id", ""), "label": v.get("name") or v.get("id", "")} for v in values]
    if field.attributes.get("required") == "true" or _is_required(field):
        component["validate"] = {"required": True}
    return component


def _is_required(field: Node) -> bool:
    return any(c.attributes.get("name") == "required" and c.attributes.get("config") != "false" for c in field.walk())


def _keep_unknown(node: Node, field: Node) -> None:
    """What the new form does not hold stays on the step, where the last step of the import names it."""
    unknown = {name: value for name, value in field.attributes.items() if name not in _KNOWN_FIELD}
    kind = field.attributes.get("type", "string")
    left = [child for child in field.children if not _is_read(child, kind) and not _only_required(child)]
    kind_known = kind in _FIELDS
    if unknown or left or not kind_known:
        shown = {name: field.attributes[name] for name in ("id", "type") if name in field.attributes}
        extend(node, Node(field.tag, {**shown, **unknown}, left, line=field.line))


def _is_read(child: Node, kind: str) -> bool:
    return kind == "enum" and _local(child) == "value" and child.attributes.keys() <= {"id", "name"}


def _local(node: Node) -> str:
    return node.tag.rpartition(":")[2]


def _only_required(child: Node) -> bool:
    return all(inner.attributes.get("name") == "required" for inner in child.children) and bool(child.children)

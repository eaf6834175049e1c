"""Properties, inputs and outputs, called processes: extension elements of Java engines and what they are here."""

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, extend, keep_rest, setting, take_extensions
from engine.definitions.importing.expressions import translated
from engine.definitions.importing.juel import NotTranslated, is_juel, quoted, to_feel
from engine.definitions.importing.vendors import ENGINES

PREFIXES = tuple(vendor.prefix for vendor in ENGINES if vendor.settings)


def named(local: str) -> tuple[str, ...]:
    """An extension element under the names of all engines that have it."""
    return tuple(f"{prefix}:{local}" for prefix in PREFIXES)


def properties(bench: Bench) -> None:
    for node in [bench.process, *bench.nodes(), *bench.each("bpmn:sequenceFlow")]:
        for found in take_extensions(node, *named("properties")):
            kept = setting(node, "zeebe:properties")
            for child in found.children:
                given = {name: child.attributes.get(name, "") for name in ("name", "value")}
                kept.children.append(Node("zeebe:property", given, [], line=child.line))
                keep_rest(node, child, known=("name", "value"), children=child.children)
            keep_rest(node, found, known=())


def inputs_and_outputs(bench: Bench) -> None:
    for node in bench.nodes():
        for found in take_extensions(node, *named("inputOutput")):
            left = [child for child in found.children if not _map_parameter(bench, node, child)]
            keep_rest(node, found, known=(), children=left)


def _map_parameter(bench: Bench, node: Node, parameter: Node) -> bool:
    kind = {"inputParameter": "zeebe:input", "outputParameter": "zeebe:output"}.get(parameter.tag.rpartition(":")[2])
    name = parameter.attributes.get("name", "").strip()
    try:
        source = "= " + _value(parameter)
    except NotTranslated as part:
        text = parameter.text.strip() or name
        bench.say("parameter_not_translated", node, severity="error", parameter=name, text=text, piece=str(part))
        return False
    if kind is None or not name:
        return False
    mapping = Node(kind, {"source": source, "target": name}, [], line=parameter.line)
    setting(node, "zeebe:ioMapping").children.append(mapping)
    keep_rest(node, parameter, known=("name",))
    return True


def _value(parameter: Node) -> str:
    """FEEL without `=` for a text, a list or a map; scripts stay untranslated."""
    if not parameter.children:
        text = parameter.text.strip()
        return to_feel(text).removeprefix("= ") if is_juel(text) else quoted(text)
    if len(parameter.children) > 1:
        raise NotTranslated(parameter.tag)
    inner = parameter.children[0]
    match inner.tag.rpartition(":")[2]:
        case "list":
            return "[" + ", ".join(_value(child) for child in inner.children) + "]"
        case "map":
            pairs = (f"{quoted(child.attributes.get('key', ''))}: {_value(child)}" for child in inner.children)
            return "{" + ", ".join(pairs) + "}"
    raise NotTranslated(inner.tag)


def called_processes(bench: Bench) -> None:
    for call in bench.each("bpmn:callActivity"):
        process = call.attributes.pop("calledElement", "").strip()
        if process:
            called = setting(call, "zeebe:calledElement")
            called.attributes.setdefault("processId", translated(bench, process, call))
            if bench.vendor.settings:
                _pass_variables(call, called)
            bench.say("called_process_needed", call, process=called.attributes["processId"])


def _pass_variables(call: Node, called: Node) -> None:
    """A Java engine hands over what is listed and nothing else, unless it says `variables="all"`."""
    for local, everything in (("in", "propagateAllParentVariables"), ("out", "propagateAllChildVariables")):
        passes_all = False
        for given in take_extensions(call, *named(local)):
            if given.attributes.get("variables") == "all":
                passes_all = True
                keep_rest(call, given, known=("variables",))
            elif not _map_passed(call, given, local):
                extend(call, given)
        called.attributes.setdefault(everything, "true" if passes_all else "false")


def _map_passed(call: Node, given: Node, local: str) -> bool:
    source = given.attributes.get("source", "").strip()
    expression = given.attributes.get("sourceExpression", "").strip()
    target = given.attributes.get("target", "").strip()
    try:
        feel = f"= {source}" if source else to_feel(expression)
    except NotTranslated:
        return False
    if not target:
        return False
    mapping = Node(f"zeebe:{local}put", {"source": feel, "target": target}, [], line=given.line)
    setting(call, "zeebe:ioMapping").children.append(mapping)
    keep_rest(call, given, known=("target", "source") if source else ("target", "sourceExpression"))
    return True

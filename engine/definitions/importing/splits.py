"""Ways that part without a gateway get one that can be seen; ways without a condition are asked for."""

from engine.definitions import element_names
from engine.definitions.dialect import Node
from engine.definitions.importing.bench import ACTIVITIES, EVENTS, SEQUENCE_FLOW, Bench, absorb

_CONDITION = "bpmn:conditionExpression"
_DECIDING = ("bpmn:exclusiveGateway", "bpmn:inclusiveGateway")


def clear_default_conditions(bench: Bench) -> None:
    """A default flow is taken when nothing else is: a condition on it is never asked."""
    flows = {flow.id: flow for flow in bench.each(SEQUENCE_FLOW)}
    for node in bench.nodes():
        way = flows.get(node.attributes.get("default", ""))
        for condition in way.each(_CONDITION) if way is not None else ():
            bench.say("default_condition_left_out", way, text=condition.text.strip(), gateway=node.id)
            absorb(way, condition, known=("language",))


def show_implicit_splits(bench: Bench) -> None:
    """Several flows out of a step: the standard takes all of them, or those whose condition is true."""
    for scope in bench.scopes():
        flows = bench.flows_from(scope)
        for node in [child for child in scope.children if child.tag in (*ACTIVITIES, *EVENTS)]:
            ways = flows.get(node.id or "", [])
            if len(ways) > 1:
                _insert(bench, scope, node, ways)
            else:
                _forget_default(bench, node, ways)


def _insert(bench: Bench, scope: Node, node: Node, ways: list[Node]) -> None:
    default = node.attributes.pop("default", None)
    decides = default is not None or any(way.each(_CONDITION) for way in ways)
    tag = "bpmn:inclusiveGateway" if decides else "bpmn:parallelGateway"
    gateway = Node(tag, {"id": bench.new_id(f"{node.id}_split")}, [], line=node.line)
    bench.inserted[str(gateway.id)] = str(node.id)
    if decides:
        _say_when(gateway, ways, default)
    ends = {"id": bench.new_id(f"{node.id}_to_split"), "sourceRef": str(node.id), "targetRef": str(gateway.id)}
    for way in ways:
        way.attributes["sourceRef"] = str(gateway.id)
    place = next(i for i, child in enumerate(scope.children) if child is node) + 1
    scope.children[place:place] = [gateway, Node(SEQUENCE_FLOW, ends, [], line=node.line)]
    told = {"gateway": gateway.id, "flow": ends["id"], "count": len(ways)}
    bench.say("split_made_visible", node, **told, **_kind(tag))


def _say_when(gateway: Node, ways: list[Node], default: str | None) -> None:
    """A way without condition beside others with one is always taken."""
    if default:
        gateway.attributes["default"] = default
    for way in ways:
        if not way.each(_CONDITION) and way.id != default:
            way.children.append(Node(_CONDITION, {"xsi:type": "bpmn:tFormalExpression"}, [], "= true", way.line))


def _kind(tag: str) -> dict[str, str]:
    named = element_names.names(tag.partition(":")[2])
    return {"inserted": named["element"], "inserted_en": named["element_en"]}


def _forget_default(bench: Bench, node: Node, ways: list[Node]) -> None:
    default = node.attributes.pop("default", None)
    if default:
        bench.say("default_left_out", node, severity="style", flow=default, count=len(ways))


def ask_for_conditions(bench: Bench) -> None:
    for scope in bench.scopes():
        flows = bench.flows_from(scope)
        for gateway in scope.children:
            if gateway.tag in _DECIDING:
                _complete(bench, gateway, flows.get(gateway.id or "", []))


def _complete(bench: Bench, gateway: Node, ways: list[Node]) -> None:
    silent = [way for way in ways if not way.each(_CONDITION) and way.id != gateway.attributes.get("default")]
    if len(ways) < 2 or not silent:
        return
    if _is_otherwise(gateway, silent, ways):
        gateway.attributes["default"] = str(silent[0].id)
        bench.say("default_assumed", gateway, flow=silent[0].id)
        return
    shown = ", ".join(way.attributes.get("name") or way.id or "—" for way in silent)
    bench.say("way_without_condition", gateway, severity="error", ways=shown, count=len(silent))


def _is_otherwise(gateway: Node, silent: list[Node], ways: list[Node]) -> bool:
    """The last way of all, alone without a condition: engines that ask in this order take it when no other fits."""
    is_exclusive = gateway.tag == "bpmn:exclusiveGateway" and "default" not in gateway.attributes
    return is_exclusive and len(silent) == 1 and silent[0] is ways[-1]

"""Who does a task: the owners of the standard, then the lane it lies in."""

import re

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, drop, extensions, setting

_OWNERS = {"bpmn:potentialOwner": "candidateGroups", "bpmn:humanPerformer": "assignee", "bpmn:performer": "assignee"}
_ASSIGNMENT = "zeebe:assignmentDefinition"
_PRINCIPAL = re.compile(r"\s*(?:(user|group)\s*\(\s*([^()]+?)\s*\)|([^(),]+?))\s*(?:,|\Z)")


def owners(bench: Bench) -> None:
    """`potentialOwner` is a group, `performer` a person; a resource that is only named counts by its name."""
    names = {resource.id: resource.attributes.get("name", "") for resource in bench.root.each("bpmn:resource")}
    for task in bench.each("bpmn:userTask"):
        for owner in [child for child in task.children if child.tag in _OWNERS]:
            found = _named(owner, names, is_group=_OWNERS[owner.tag] == "candidateGroups")
            given = setting(task, _ASSIGNMENT).attributes if found else {}
            if found and not found.keys() & given.keys():
                given |= found
                drop(task, owner)
                bench.say("owner_taken", task, severity="style", owner=", ".join(found.values()))


def _named(owner: Node, names: dict[str | None, str], *, is_group: bool) -> dict[str, str]:
    reference = "".join(child.text.strip() for child in owner.each("bpmn:resourceRef"))
    local = reference.rpartition(":")[2]
    name = names.get(reference) or names.get(local) or owner.attributes.get("name", "")
    if name:
        return {"candidateGroups" if is_group else "assignee": _group(name)}
    return _of_expression("".join(node.text for node in owner.walk() if node.tag == "bpmn:formalExpression"))


def _of_expression(text: str) -> dict[str, str]:
    """`user(kermit), group(management), sales` as the Java engines read it; users beside others assign nobody."""
    found = [(kind or "group", name or plain) for kind, name, plain in _PRINCIPAL.findall(text)]
    users = [name for kind, name in found if kind == "user"]
    groups = [name for kind, name in found if kind == "group" and name]
    if groups and not users:
        return {"candidateGroups": ",".join(map(_group, groups))}
    return {"assignee": users[0]} if len(users) == 1 and not groups else {}


def groups_from_lanes(bench: Bench) -> None:
    """A user task that says nobody belongs to its lane. Lanes in lanes: the innermost counts."""
    lanes = {member.text.strip(): lane for lane in bench.each("bpmn:lane") for member in lane.each("bpmn:flowNodeRef")}
    for task in bench.each("bpmn:userTask"):
        name = lanes[task.id].attributes.get("name", "").strip() if task.id in lanes else ""
        has_people = any(inner.tag == _ASSIGNMENT and inner.attributes for inner in extensions(task))
        if name and not has_people:
            setting(task, _ASSIGNMENT).attributes["candidateGroups"] = _group(name)
            bench.say("group_from_lane", task, lane=name)


def _group(name: str) -> str:
    """Commas part groups, an equals sign would begin an expression."""
    return re.sub(r"\s*[,\n]\s*", " ", name).strip().lstrip("= ")

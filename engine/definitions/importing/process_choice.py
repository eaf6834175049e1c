"""Which process of a file the draft executes, and which files have nothing that could be executed."""

from collections import Counter

from engine.definitions import limits
from engine.definitions.dialect import Node
from engine.definitions.importing.bench import NODES, SCOPES, SEQUENCE_FLOW, model_of
from engine.definitions.importing.gap import gap
from engine.definitions.lint_problem import LintProblem, error


def chosen_process(root: Node, *, wanted: str | None = None) -> Node | LintProblem:
    """The process named `wanted`; else the first executable one, and of several the one with most steps."""
    processes = root.each("bpmn:process")
    filled = [process for process in processes if _count(process, NODES)]
    if wanted is not None:
        named = [process for process in filled if process.id == wanted]
        ids = ", ".join(str(process.id) for process in filled)
        return named[0] if named else _refused("process_unknown", wanted[:120], ids=ids or "—")
    if not filled:
        ids = ", ".join(sorted(node.id for node in root.children if node.id and not node.tag.startswith("bpmndi:")))
        element_id = next((node.id for node in root.children if node.id), None)
        return _refused("nothing_to_run", element_id, ids=ids[:300] or "—")
    return max(filled, key=lambda process: (_is_executable(process), _count(process, NODES)))


def _refused(code: str, element_id: str | None, *, ids: str) -> LintProblem:
    return gap(code, severity="error", element_id=element_id, line=1, ids=ids)


def refusals(root: Node, process: Node) -> list[LintProblem]:
    """Why no draft can be made: one id for two things, or more than the door would ever take."""
    found = [
        error(code, element_id=process.id, line=1, count=count, limit=limit)
        for code, count, limit in (
            ("too_many_nodes", _count(process, NODES), limits.MAX_NODES),
            ("too_many_flows", _count(process, (SEQUENCE_FLOW,)), limits.MAX_FLOWS),
        )
        if count > limit
    ]
    depth = _depth(process)
    if depth > limits.MAX_DEPTH:
        found.append(error("nested_too_deep", element_id=process.id, line=1, depth=depth, limit=limits.MAX_DEPTH))
    return found + _duplicates(root)


def _duplicates(root: Node) -> list[LintProblem]:
    """Ids of the model; those of the drawing name nothing that others refer to and are given anew."""
    nodes = [node for part in root.children if not part.tag.startswith("bpmndi:") for node in model_of(part) if node.id]
    times = Counter(node.id for node in nodes)
    last = {node.id: node.line for node in nodes}
    return [error("duplicate_id", element_id=i, line=last[i]) for i, count in times.items() if count > 1]


def _count(process: Node, tags: tuple[str, ...]) -> int:
    return sum(node.tag in tags for node in model_of(process))


def _is_executable(process: Node) -> bool:
    return process.attributes.get("isExecutable", "").strip() == "true"


def _depth(node: Node) -> int:
    return max((_depth(child) + (child.tag in SCOPES) for child in node.children), default=0)

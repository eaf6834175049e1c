"""What runs is drawn: an element without a shape would be executed unseen."""

from collections import Counter
from collections.abc import Iterator

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.lint.about import about, about_flow
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, warning

_NS = dict(BPMN.namespaces)


def drawn(draft: Draft) -> Iterator[LintProblem]:
    shapes = draft.tree.findall(".//bpmndi:BPMNShape", _NS) + draft.tree.findall(".//bpmndi:BPMNEdge", _NS)
    process = draft.process
    if not shapes:
        yield warning("drawing_missing", element_id=process.key, line=process.line)
        return
    times = Counter(shape.get("bpmnElement") for shape in shapes)
    visible = {shape.get("bpmnElement") for shape in shapes if _has_size(shape)}
    for element in process.elements.values():
        if element.id not in visible:
            yield about(element, "not_drawn")
        elif times[element.id] > 1:
            yield about(element, "drawn_twice")
    for flow in process.flows:
        if flow.id not in visible:
            yield about_flow(flow, "not_drawn", element="顺序流", element_en="sequence flow")


def _has_size(shape) -> bool:  # type: ignore[no-untyped-def]
    bounds = shape.find("dc:Bounds", _NS)
    if bounds is None:
        return len(shape.findall("di:waypoint", _NS)) > 1
    return all(float(bounds.get(side, "0")) >= 1 for side in ("width", "height"))


RULES = (drawn,)

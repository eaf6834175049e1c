"""A diagram as an ordered list of steps with their states: the same facts for those who do not see the drawing."""

from dataclasses import dataclass
from typing import Any

_STEPS = {"userTask", "manualTask", "task", "serviceTask", "businessRuleTask", "receiveTask", "scriptTask"}


@dataclass(frozen=True)
class OutlineStep:
    """`state` is one of done, current, failed, ahead."""

    element: Any
    state: str
    label: str = ""


@dataclass(frozen=True)
class OutlineStage:
    stage: Any
    steps: tuple[OutlineStep, ...]


def outline(process: Any, drawn: Any = None) -> tuple[OutlineStage, ...]:
    """Stages with their steps in the order of the file; steps outside every stage come under None, first."""
    by_stage: dict[str | None, list[OutlineStep]] = {}
    for element in process.elements.values():
        if _is_step(element):
            by_stage.setdefault(element.stage, []).append(_step(element, drawn))
    stages = [None, *process.stages]
    found = ((stage, by_stage.get(stage.id if stage else None, ())) for stage in stages)
    return tuple(OutlineStage(stage=stage, steps=tuple(steps)) for stage, steps in found if steps)


def _is_step(element: Any) -> bool:
    waits = element.type == "intermediateCatchEvent"
    return bool(element.name) and (element.type in _STEPS or waits)


def _step(element: Any, drawn: Any) -> OutlineStep:
    if drawn is None:
        return OutlineStep(element=element, state="ahead")
    if element.id in drawn.failed:
        return OutlineStep(element=element, state="failed")
    for token in drawn.current:
        if token.element_id == element.id:
            return OutlineStep(element=element, state="current", label=token.label)
    return OutlineStep(element=element, state="done" if element.id in drawn.done else "ahead")

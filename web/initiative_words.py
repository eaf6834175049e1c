"""What people may start: why they would, and what happens at once when they do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from engine.definitions.process import Element, Process
from engine.queries.rows import TaskRow
from web.language import named

_SENTENCE = re.compile(r".*?(?:[。！？]|[.!?](?=\s|$)|\n|$)")
_EVENTS = {"boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent", "startEvent"}
_PASSED_BY = _EVENTS | {"serviceTask", "scriptTask", "businessRuleTask", "sendTask"}  # nobody waits there


@dataclass(frozen=True)
class Initiative:
    task: TaskRow
    help: str


def initiatives_with_help(tasks: Iterable[TaskRow], process: Process) -> tuple[Initiative, ...]:
    """In the order of the file."""
    place = {id_: number for number, id_ in enumerate(process.elements)}
    in_order = sorted(tasks, key=lambda task: (place.get(task.element_id, 0), task.id))
    return tuple(Initiative(task, _first_sentence(process.elements.get(task.element_id))) for task in in_order)


def outcome(process: Process | None, element_id: str) -> str:
    """What handing in the form of this element does, as one or two sentences."""
    element = process.elements.get(element_id) if process else None
    if process is None or element is None:
        return ""
    following = _following(process, element)
    first = _("提交后流程立即进入“%(step)s”。", step=named(following)) if following else _("提交后立即生效。")
    return f"{first}{_beside(process, element)}"


def _first_sentence(element: Element | None) -> str:
    text = named(element, "documentation").strip() if element else ""
    found = _SENTENCE.match(text)
    return found[0].strip() if found else text


def _following(process: Process, element: Element) -> Element | None:
    """The first step on the only way from here; None where the ways part or end."""
    seen: set[str] = set()
    while element.id not in seen:
        seen.add(element.id)
        ways = process.out_of(element.id)
        if len(ways) != 1:
            return None
        element = process.elements[ways[0].target]
        if element.type not in _PASSED_BY and not element.type.endswith("Gateway"):
            return element if element.name and element.type != "endEvent" else None
    return None


def _beside(process: Process, element: Element) -> str:
    """What becomes of the work that goes on meanwhile."""
    around = process.elements.get(element.parent)
    host = process.elements.get(element.attached_to or "")
    is_handler = around is not None and around.triggered_by_event
    if host is None and not is_handler:
        return ""
    if not element.interrupting:
        return _("正在办理的事项照常进行，以后还可以再次提出。")
    stopped = host or process.elements.get(around.parent if around else "")
    return _("“%(step)s”随即停止。", step=named(stopped)) if stopped else _("本案其他正在办理的事项随即停止。")

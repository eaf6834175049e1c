"""A diagram as an ordered list of steps with their states: the same facts for those who do not see the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from engine.definitions.process import Element, Loop, Process, Stage
from engine.queries.diagram import DiagramState, TokenMark
from web.language import day, listed, named
from web.people_words import role_words

_TASKS = {"userTask", "manualTask", "task", "serviceTask", "businessRuleTask", "receiveTask", "scriptTask", "sendTask"}
_STEPS = _TASKS | {"callActivity", "intermediateCatchEvent", "subProcess"}
MANY = 2


@dataclass(frozen=True)
class OutlineStep:
    """`state` is one of done, current, failed, ahead, offered.

    `kind` is step, beside (an event at its edge) or whenever (a part that can begin at any time); `note` says what the
    marks of the drawing say; `inside` are its own steps and the events at its edge.
    """

    element: Any
    state: str
    label: str = ""
    kind: str = "step"
    note: str = ""
    inside: tuple["OutlineStep", ...] = ()

    @property
    def is_live(self) -> bool:
        """Something is going on in it, or has failed."""
        return self.state in ("current", "failed") or any(step.is_live for step in self.inside)


@dataclass(frozen=True)
class OutlinePart:
    """A stage, or a called diagram, or (both None) what lies outside of every stage."""

    steps: tuple[OutlineStep, ...]
    stage: Stage | None = None
    diagram: Process | None = None

    @property
    def is_live(self) -> bool:
        return any(step.is_live for step in self.steps)


def outline(process: Process, drawn: DiagramState | None = None) -> tuple[OutlinePart, ...]:
    """Steps outside every stage first, then the stages, then the called diagrams; in the order of the files."""
    writer = _Writer(process, drawn)
    stages = {stage.id for stage in process.stages}
    parts = [OutlinePart(writer.steps(process.key, without=stages))]
    parts += [OutlinePart(writer.steps(stage.id), stage=stage) for stage in process.stages]
    parts += [OutlinePart(writer.steps(called.key), diagram=called) for called in process.called.values()]
    return tuple(part for part in parts if part.steps)


class _Writer:
    def __init__(self, process: Process, drawn: DiagramState | None) -> None:
        self._process = process
        self._done = set(drawn.done) if drawn else set()
        self._failed = set(drawn.failed) if drawn else set()
        self._labels: dict[str, list[str]] = {}
        for token in drawn.current if drawn else ():
            self._labels.setdefault(token.element_id, []).append(token_words(token))

    def steps(self, parent: str, *, without: Iterable[str] = ()) -> tuple[OutlineStep, ...]:
        """What lies directly in a (sub-)process; what can begin at any time comes last."""
        shown = [e for e in self._process.within(parent) if e.id not in without and _is_step(e)]
        in_order = sorted(shown, key=lambda element: element.triggered_by_event)
        return tuple(self._step(element) for element in in_order)

    def _step(self, element: Element) -> OutlineStep:
        if element.triggered_by_event:
            return self._whenever(element)
        inside = (*self._edge(element), *self.steps(element.id))
        return replace(self._plain(element), note=_note(element, self._process), inside=inside)

    def _whenever(self, element: Element) -> OutlineStep:
        start = next((e for e in self._process.within(element.id) if e.type == "startEvent"), None)
        note = _event_note(start) if start else ""
        return replace(self._plain(element), kind="whenever", note=note, inside=self.steps(element.id))

    def _edge(self, element: Element) -> Iterator[OutlineStep]:
        for event in self._process.each("boundaryEvent"):
            if event.attached_to == element.id and event.name and event.event != "compensation":
                yield replace(self._plain(event), kind="beside", note=_event_note(event))

    def _plain(self, element: Element) -> OutlineStep:
        if element.id in self._failed:
            return OutlineStep(element, "failed")
        if element.id in self._labels:
            return OutlineStep(element, "current", _label(self._labels[element.id]))
        return OutlineStep(element, "done" if element.id in self._done else "ahead")


def token_words(token: TokenMark) -> str:
    """Who has it, or until when, as people write dates."""
    return day(token.label) if token.kind == "clock" and token.label else token.label


def _is_step(element: Element) -> bool:
    return bool(element.name) and element.type in _STEPS


def _label(labels: list[str]) -> str:
    """Who has it; of many at once how many there are."""
    return _("%(count)s 项", count=len(labels)) if len(labels) >= MANY else labels[0]


def _note(element: Element, process: Process) -> str:
    if element.is_discretionary:
        return _event_note(element)
    notes = [_loop_note(element.loop)] if element.loop else []
    called = process.called.get(element.called.process) if element.called else None
    notes += [_("见“%(diagram)s”", diagram=named(called))] if called else []
    return " · ".join(notes)


def _loop_note(loop: Loop) -> str:
    how = _("逐项依次办理") if loop.sequential else _("逐项同时办理")
    return how + _("，可提前结束") if loop.completion else how


def _event_note(event: Element) -> str:
    """When it happens, and whether what goes on stops then."""
    if event.is_discretionary:
        who = listed(role_words(group) for group in event.candidate_groups)
        when = _("%(who)s可发起", who=who)
    else:
        when = _when(event)
    return f"{when} · " + (_("原来的事项停止") if event.interrupting else _("原来的事项照常进行"))


def _when(event: Element) -> str:
    said = {
        "timer": _("到期时"),
        "message": _("收到消息时"),
        "signal": _("收到信号时"),
        "error": _("出错时"),
        "escalation": _("上报时"),
        "condition": _("条件满足时"),
    }
    return said.get(event.event or "", "")

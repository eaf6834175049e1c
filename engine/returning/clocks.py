"""Which deadlines stop, go on or start again when a case goes back.

A legal deadline goes on: the fact that it is counted from has not changed. An agreed one is counted from now. The
property `on_return` of an element says otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.clockwork import new_clock
from engine.definitions.process import Element
from engine.errors import EngineError
from engine.model import Clock, UserTask
from engine.model.clock import ClockState
from engine.returning.effects import obstacle
from engine.returning.plan import ClockChange, Obstacle
from engine.returning.trying import Trial, variables_without
from engine.spiff.step import Step
from engine.spiff.trail import Event
from engine.spiff.way_back import WayBack

_STOPPED = (ClockState.MET, ClockState.CANCELLED)
ON_RETURN, GO_ON, RESTART = "on_return", "continue", "restart"


@dataclass
class ClockChanges:
    folder: CaseWork
    events: Sequence[Event]
    way: WayBack
    tried: Trial

    def rows(self) -> tuple[ClockChange, ...]:
        return (*self._stopping(), *(change for change, _ in self._beginning()))

    def obstacles(self) -> Iterator[Obstacle]:
        """A deadline that watches something would have run out already: it would end it at once."""
        now = self.folder.work.now
        for _, clock in self._beginning():
            element = self._elements.get(clock.element_id) if clock is not None else None
            watches = element is not None and clock is not None and clock.step_id is not None and element.interrupting
            if watches and clock is not None and clock.due_at <= now and element.type != "intermediateCatchEvent":
                yield obstacle("deadline_is_over", element)

    @property
    def _elements(self) -> dict[str, Element]:
        return dict(self.folder.bundle.process.elements)

    def _stopping(self) -> Iterator[ClockChange]:
        gone = {task.id for task in self.folder.tasks if task.step_id not in self.tried.after}
        for clock in self.folder.clocks:
            if (clock.step_id and clock.step_id not in self.tried.after) or clock.task_id in gone:
                yield _change(clock, "stops")

    def _beginning(self) -> Iterator[tuple[ClockChange, Clock]]:
        known = {clock.step_id for clock in self.folder.clocks} | {task.step_id for task in self.folder.tasks}
        for step in self.tried.after.values():
            element = self._elements[step.element_id]
            has_clock = step.kind == "timer" or (step.kind == "user" and "clock" in element.properties)
            if has_clock and step.id not in known:
                yield from self._begun(element, step)

    def _begun(self, element: Element, step: Step) -> Iterator[tuple[ClockChange, Clock]]:
        former = former_clock(self.folder, step.id)
        if former is not None and goes_on(element) and former.state in _STOPPED:
            yield _change(former, "goes_on"), former
            return
        shadow = self.folder.shadow(variables_without(self.folder, self.events, self.way))
        try:
            with shadow.at(step.words):
                clock = new_clock(shadow, element, step if step.kind == "timer" else None)
        except (EngineError, ValueError, TypeError):
            return  # it becomes an incident when it is tried, as at any other time
        clock.element_id, clock.step_id = element.id, step.id if step.kind == "timer" else None
        yield _change(clock, "restarts"), clock


def goes_on(element: Element) -> bool:
    return element.properties.get(ON_RETURN, GO_ON if element.properties.get("clock") else RESTART) == GO_ON


def former_clock(folder: CaseWork, step_id: str) -> Clock | None:
    """The last clock of a timer event, or of the tasks that were at a step."""
    tasks = select(UserTask.id).where(UserTask.case_id == folder.case.id, UserTask.step_id == step_id)
    query = select(Clock).where(Clock.case_id == folder.case.id)
    mine = (Clock.step_id == step_id) | Clock.task_id.in_(tasks)
    return folder.work.session.scalars(query.where(mine).order_by(Clock.due_at.desc()).limit(1)).first()


def _change(clock: Clock, effect: str) -> ClockChange:
    name = clock.basis.get("name") or {}
    return ClockChange(
        clock_id=clock.id,
        name=str(name.get("zh") or ""),
        name_en=str(name.get("en") or name.get("zh") or ""),
        effect=effect,  # type: ignore[arg-type]
        due_on=clock.due_on,
    )

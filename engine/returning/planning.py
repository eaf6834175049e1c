"""Computes what going back to a step that was done would change. It changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.definitions.process import Element
from engine.model import UserTask
from engine.model.user_task import TaskState
from engine.returning import clocks, effects, people, remarks
from engine.returning.effects import obstacle
from engine.returning.plan import Obstacle, ReturnPlan, Target
from engine.returning.trying import net_of, run_of, trial
from engine.spiff.step import Step
from engine.spiff.trail import PARTY, Event
from engine.spiff.way_back import Net, WayBack
from engine.spiff.written import values_before
from engine.trails import trail_of


@dataclass
class Planner:
    """Of one locked case. `from_task` is the open task from which somebody goes back; None: from wherever it stands."""

    folder: CaseWork
    from_task: UserTask | None = None

    @cached_property
    def events(self) -> list[Event]:
        return trail_of(self.folder.work.session, self.folder.case.id)

    @cached_property
    def net(self) -> Net:
        return net_of(self.folder, run_of(self.folder), self.events)

    def targets(self) -> tuple[UserTask, ...]:
        """Completed tasks to which one can go back from the open one, the latest first; refused ones among them."""
        past = self.net.past_of(self.from_task.step_id) if self.from_task else frozenset(range(len(self.events)))
        steps = {self.events[n].step: n for n in past if self.events[n].kind == "complete"}
        query = select(UserTask).where(
            UserTask.case_id == self.folder.case.id,
            UserTask.state == TaskState.COMPLETED,
            UserTask.superseded_at.is_(None),
            UserTask.discretionary.is_(False),
            UserTask.principal_id.is_(None),
        )
        found = [task for task in self.folder.work.session.scalars(query) if task.step_id in steps]
        return tuple(sorted(found, key=lambda task: steps[task.step_id], reverse=True))

    def choices(self) -> tuple[Target, ...]:
        """The same, to choose from."""
        return people.choices(self.folder, self.targets())

    def plan(self, target: UserTask) -> ReturnPlan:
        number = self.net.event_of(target.step_id) if target.superseded_at is None else None
        if number is None:
            return self._refused(target, obstacle("step_has_no_trail", self._element(target)))
        way = self.net.way_back(number)
        if self.from_task is not None and self.from_task.step_id not in way.gone:
            return self._refused(target, obstacle("step_is_not_before", self._element(target)))
        return self._whole(target, way)

    def _whole(self, target: UserTask, way: WayBack) -> ReturnPlan:
        undone = [self.events[n] for n in sorted(way.undone)]
        tried = trial(self.folder, self.events, way)
        found = tuple(effects.obstacles(self.folder, undone))
        if tried.restless is not None or target.step_id not in tried.after:
            element = self.folder.bundle.process.elements.get(tried.restless or target.element_id)
            code = "part_was_ended" if tried.restless else "step_is_over"
            return self._refused(target, *found, obstacle(code, element))
        changes = clocks.ClockChanges(self.folder, self.events, way, tried)
        ended, done = people.ended(self.folder, tried), self.completed(undone)
        signed = people.signed(self.folder, [*(task.id for task in done), *(row.task_id for row in ended)])
        return ReturnPlan(
            target_id=target.id,
            target_name=target.name,
            target_name_en=self._english(target),
            obstacles=(*found, *changes.obstacles(), *self._messages_waited_for(undone, tried.after)),
            opened=people.opened(self.folder, tried, done),
            ended=ended,
            superseded=people.superseded(self.folder, [*done, *signed]),
            signed=tuple(task.id for task in signed),
            clocks=changes.rows(),
            variables=values_before(self.events, way.undone, "case"),
            parties=values_before(self.events, way.undone, PARTY),
            messages=tuple(event.message for event in undone if event.message),
            remarks=remarks.remarks(self.folder, self.events, way),
            way=way,
            events=self.events,
        )

    def undone_by(self, target: UserTask) -> list[Event]:
        """The events that going back to this task would undo."""
        number = self.net.event_of(target.step_id)
        return [] if number is None else [self.events[n] for n in sorted(self.net.way_back(number).undone)]

    def ending(self, undone: Sequence[Event]) -> list[UserTask]:
        """The open tasks that came of these events."""
        made = {id_ for event in undone for id_ in event.made}
        return [task for task in self.folder.tasks if task.step_id in made]

    @staticmethod
    def with_obstacles(plan: ReturnPlan, more: Iterable[Obstacle]) -> ReturnPlan:
        return replace(plan, obstacles=(*plan.obstacles, *more))

    def completed(self, undone: Sequence[Event]) -> list[UserTask]:
        """The tasks that were handed in among these events, in their order."""
        steps = {event.step: place for place, event in enumerate(undone) if event.kind in ("complete", "fire")}
        query = select(UserTask).where(
            UserTask.case_id == self.folder.case.id,
            UserTask.state == TaskState.COMPLETED,
            UserTask.superseded_at.is_(None),
            UserTask.principal_id.is_(None),
            UserTask.step_id.in_(steps),
        )
        return sorted(self.folder.work.session.scalars(query), key=lambda task: steps[task.step_id])

    def _messages_waited_for(self, undone: Sequence[Event], after: dict[str, Step]) -> Iterator[Obstacle]:
        """A message that is there again would be taken at once by the place that it ended."""
        elements = self.folder.bundle.process.elements
        yield from (
            obstacle("message_was_received", elements.get(event.element))
            for event in undone
            if event.message and event.step in after
        )

    def _refused(self, target: UserTask, *obstacles: Obstacle) -> ReturnPlan:
        return ReturnPlan(target.id, target.name, self._english(target), obstacles=obstacles)

    def _element(self, task: UserTask) -> Element | None:
        return self.folder.bundle.process.elements.get(task.element_id)

    def _english(self, task: UserTask) -> str:
        return people.english(self.folder, task)

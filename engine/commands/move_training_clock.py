from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from engine.command import Command
from engine.errors import NotFound, Problem, Rejected
from engine.model import TrainingClock
from engine.work import Work

LONGEST = timedelta(days=3660)


class NotADemo(NotFound):
    """The training clock exists in demo mode only."""


class TimeGoesForward(Rejected):
    """The training clock moves forward, by at most ten years at a time."""


@dataclass(frozen=True, kw_only=True)
class MoveTrainingClock(Command[None]):
    """Set the system's time ahead; `Engine.advance_training_clock` fires on the way what becomes due."""

    is_recorded_when_refused: ClassVar[bool] = False

    duration: timedelta

    def execute(self, work: Work) -> None:
        if not work.is_demo:
            raise NotADemo()
        if not timedelta(0) <= self.duration <= LONGEST:
            raise TimeGoesForward(problems=[Problem(path="advance", code="not_in_range")])
        clock = work.session.get(TrainingClock, 1, with_for_update=True)
        if clock is None:
            clock = TrainingClock(id=1, offset_seconds=0)
            work.session.add(clock)
        clock.offset_seconds += round(self.duration.total_seconds())

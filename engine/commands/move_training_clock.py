from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import ClassVar

from sqlalchemy import select

from engine.command import Command
from engine.errors import NotFound, Problem, Rejected
from engine.model import LoginSession, TrainingClock
from engine.work import Work

LONGEST = timedelta(days=3660)


class NotADemo(NotFound):
    """The training clock exists in demo mode only."""


class TimeGoesForward(Rejected):
    """The training clock moves forward, by at most ten years at a time."""


@dataclass(frozen=True, kw_only=True)
class MoveTrainingClock(Command[None]):
    """Set the system's time ahead; `Engine.advance_training_clock` fires on the way what becomes due.

    Whole seconds, rounded up: a clock that is reached must be due. Sessions grow no older by it.
    """

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
        step = timedelta(seconds=ceil(self.duration.total_seconds()))
        clock.offset_seconds += int(step.total_seconds())
        _keep_signed_in(work, step)


def _keep_signed_in(work: Work, step: timedelta) -> None:
    for login in work.session.scalars(select(LoginSession).where(LoginSession.revoked_at.is_(None))):
        login.created_at, login.last_seen_at = login.created_at + step, login.last_seen_at + step

"""What going back to a step changes, in rows that a person can read before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from engine.audit import digest
from engine.errors import Problem
from engine.spiff.trail import Event
from engine.spiff.way_back import WayBack

ClockEffect = Literal["stops", "goes_on", "restarts"]


@dataclass(frozen=True)
class Obstacle:
    """Why one cannot go back: the code of a problem, and the step that is in the way."""

    code: str
    element_id: str
    element_name: str = ""
    element_name_en: str = ""

    def as_problem(self) -> Problem:
        params = {"step": self.element_name}
        return Problem(path="to", code=self.code, params=params, element_id=self.element_id or None)


@dataclass(frozen=True)
class Target:
    """A step to which one may want to go back: who did it, and when."""

    task_id: str
    element_id: str
    name: str
    name_en: str
    person: str
    at: datetime


@dataclass(frozen=True)
class OpenedAgain:
    """A step that somebody has to do again. `person` is who did it, if they still may; else it is offered again."""

    step_id: str
    element_id: str
    task_id: str
    name: str
    name_en: str
    person: str | None
    person_id: str | None
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """A task that nobody has to do, or to sign, any more, with who has it."""

    task_id: str
    name: str
    name_en: str
    person: str | None
    person_id: str | None
    is_signature: bool = False


@dataclass(frozen=True)
class Superseded:
    """What was handed in and does not count any more."""

    task_id: str
    name: str
    name_en: str
    person: str
    person_id: str
    at: datetime


@dataclass(frozen=True)
class ClockChange:
    clock_id: str | None
    name: str
    name_en: str
    effect: ClockEffect
    due_on: date | None = None


@dataclass(frozen=True)
class Remark:
    """Something that stays although it has worked with what is undone. `code` is used or kept."""

    code: str
    element_name: str
    element_name_en: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ReturnPlan:
    """`way` and `events` are for carrying it out. With obstacles it cannot be carried out."""

    target_id: str
    target_name: str
    target_name_en: str
    obstacles: tuple[Obstacle, ...] = ()
    opened: tuple[OpenedAgain, ...] = ()
    ended: tuple[Ended, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    clocks: tuple[ClockChange, ...] = ()
    variables: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    parties: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    # Of what is superseded, the co-signatures.
    signed: tuple[str, ...] = ()
    way: WayBack | None = None
    events: Sequence[Event] = ()

    @property
    def told(self) -> Mapping[str, str]:
        """The people who hear of it: names by id."""
        rows = (*self.opened, *self.ended, *self.superseded)
        return {row.person_id: row.person for row in rows if row.person_id and row.person}

    @property
    def fingerprint(self) -> str:
        """Changes with everything that a reader of the plan agrees to."""
        parts = {
            "target": self.target_id,
            "opened": sorted(row.step_id for row in self.opened),
            "ended": sorted(row.task_id for row in self.ended),
            "superseded": sorted(row.task_id for row in self.superseded),
            "clocks": sorted(f"{row.clock_id}:{row.effect}" for row in self.clocks),
        }
        return digest(parts)[:16]

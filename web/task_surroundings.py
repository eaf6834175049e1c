"""What stands around a task on its page: the case, its people, its clock, what happened lately."""

from dataclasses import dataclass
from typing import Any

from engine.definitions.process import Process
from engine.errors import NotFound
from engine.queries.case_file import CaseFile, StageState, case_file
from engine.queries.history import history
from engine.queries.rows import CaseRow, ClockRow, HistoryRow, TaskRow, Waiting
from web import door
from web.people_words import parties_by_side
from web.timeline import recent

RECENT = 5
LOOKED_AT = 60  # thirty equal entries are one line


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """`case` is None for somebody who was offered this one task and sees nothing else of the case."""

    case: CaseRow | None = None
    stages: tuple[StageState, ...] = ()
    sides: list[Any]
    clock: ClockRow | None
    recent: tuple[list[HistoryRow], ...] = ()
    waiting: tuple[Waiting, ...] = ()
    process: Process | None = None
    initiatives: tuple[TaskRow, ...] = ()

    def offered_again(self, task: TaskRow) -> TaskRow | None:
        """What may be started once more after somebody has just started it."""
        return next((t for t in self.initiatives if t.element_id == task.element_id and t.id != task.id), None)


def surroundings(session: Any, task: TaskRow) -> Surroundings:
    catalogue = door.engine().catalogue
    try:
        file = case_file(session, door.actor(), task.case_id, catalogue=catalogue, now=door.now())
    except NotFound:
        return Surroundings(clock=task.clock, sides=[])
    latest = history(session, door.actor(), task.case_id, catalogue=catalogue, limit=LOOKED_AT)
    return Surroundings(
        case=file.case,
        stages=file.stages,
        sides=parties_by_side(file.parties),
        clock=_clock(task, file),
        recent=recent(latest.items, limit=RECENT),
        waiting=file.waiting,
        process=file.process,
        initiatives=file.initiatives,
    )


def _clock(task: TaskRow, file: CaseFile) -> ClockRow | None:
    """The clock of the task, else the one that an event at its edge waits for."""
    at_its_edge = {e.id for e in file.process.elements.values() if e.attached_to == task.element_id}
    live = (clock for clock in file.clocks if clock.element_id in at_its_edge and clock.state in {"running", "paused"})
    return task.clock or next(live, None)

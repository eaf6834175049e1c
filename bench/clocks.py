"""Many clocks become due in the same minute: each fires once. Two relays do it at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from bench.measuring import cpu_ms, progress, ratio, wall_ms
from bench.workplace import Workplace, workplace
from engine.actor import SYSTEM
from engine.commands.move_training_clock import MoveTrainingClock
from engine.model import Clock, HistoryEntry

CLOCKS = 500
RELAYS = 2
BATCH = 50


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    clocks = max(20, round(CLOCKS * scale))
    with workplace("staged_rounds", is_demo=True) as place:
        for _ in progress(range(clocks), "starting cases"):
            place.start("staged_rounds")
        floor = _floor(place)
        place.engine.run(MoveTrainingClock(duration=timedelta(days=31)), actor=SYSTEM)
        wall: list[float] = []
        cpu = cpu_ms(lambda: wall.append(wall_ms(lambda: _fire_all(place))))
        fired, doubled, left = _outcome(place)
    return {
        "clocks": clocks,
        "fired": fired,
        "fired_twice": doubled,
        "left": left,
        "cpu_ms_each": round(cpu / clocks, 3),
        "clocks_per_second": round(clocks / (wall[0] / 1000), 1),
        "floor": {"what": "one row updated in its own transaction", "cpu_ms_each": round(floor, 3)},
        "ratio": ratio(cpu / clocks, floor),
        "goal": {"fired_twice": 0, "left": 0},
    }


def _fire_all(place: Workplace) -> None:
    """Two relays, each looking again until nothing is due."""

    def relay(_number: int) -> None:
        while place.engine.fire_due_clocks(limit=BATCH):
            pass

    with ThreadPoolExecutor(RELAYS) as relays:
        list(relays.map(relay, range(RELAYS)))


def _outcome(place: Workplace) -> tuple[int, int, int]:
    """(fired, fired twice, left) as the history and the rows tell."""
    with place.engine.reading() as session:
        acts = select(HistoryEntry.stream, func.count()).where(HistoryEntry.action == "clock_fired")
        each = [number for _, number in session.execute(acts.group_by(HistoryEntry.stream))]
        due = (
            select(func.count()).select_from(Clock).where(Clock.state == "running", Clock.due_at <= place.engine.now())
        )
        return len(each), sum(number > 1 for number in each), session.scalar(due) or 0


def _floor(place: Workplace, times: int = 100) -> float:
    """CPU milliseconds of the least that firing could be."""
    with place.engine.reading() as session:
        ids = list(session.scalars(select(Clock.id).limit(times)))

    def touch() -> None:
        for clock_id in ids:
            with place.engine.database.writing.begin() as session:
                session.execute(update(Clock).where(Clock.id == clock_id).values(calendar_version="floor"))

    return cpu_ms(touch) / len(ids)

"""Every worklist view and the rail counts over a full table, on SQLite, against one page by primary key."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from bench.measuring import progress, ratio, summary, wall_ms
from bench.workplace import Workplace, workplace
from engine.model import Case, CaseAudience, Deployment, TaskOffer, UserTask
from engine.queries.worklist import VIEWS, TaskFilter, worklist, worklist_counts

TASKS = 200_000
BATCH = 5_000
REPEATS = 30
OPEN_SHARE = 0.05
ENTERPRISES = 500


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    tasks = max(2_000, round(TASKS * scale))
    with workplace("rounds") as place:
        _fill(place, tasks)
        views = {view: summary(_repeat(_view(place, view))) for view in VIEWS}
        counts = summary(_repeat(_counts(place)))
        floor = summary(_repeat(_floor(place)))
    slowest = max(view["p95"] for view in views.values())
    return {
        "tasks": tasks,
        "views_wall_ms": views,
        "counts_wall_ms": counts,
        "floor": {"what": "50 tasks by primary key", "wall_ms": floor},
        "ratio": ratio(slowest, floor["p95"]),
        "goal": {"views_p95_ms": 150, "counts_ms": 100},
    }


def _repeat(act: Callable[[], Any]) -> list[float]:
    act()
    return [wall_ms(act) for _ in range(REPEATS)]


def _view(place: Workplace, view: str) -> Callable[[], None]:
    engine, filters, now = place.engine, TaskFilter(view=view), place.engine.now()

    def look() -> None:
        with engine.reading() as session:
            worklist(session, place.hr, filters=filters, catalogue=engine.catalogue, now=now)

    return look


def _counts(place: Workplace) -> Callable[[], None]:
    def look() -> None:
        with place.engine.reading() as session:
            worklist_counts(session, place.hr, now=place.engine.now())

    return look


def _floor(place: Workplace) -> Callable[[], None]:
    def look() -> None:
        with place.engine.reading() as session:
            session.execute(select(UserTask).where(UserTask.id >= "8").order_by(UserTask.id).limit(50)).all()

    return look


def _fill(place: Workplace, tasks: int) -> None:
    """Rows as the engine writes them, many at once; a twentieth is open, spread over many enterprises."""
    dice = random.Random(20260323)
    engine = place.engine.database.engine
    with engine.begin() as connection:
        deployment_id = connection.execute(select(Deployment.id)).scalar_one()
        for start in progress(range(0, tasks, BATCH), "filling", total=-(-tasks // BATCH)):
            batch = list(_rows(place, dice, deployment_id, range(start, min(start + BATCH, tasks))))
            _insert(connection, batch)
        connection.exec_driver_sql("ANALYZE")


def _insert(connection: Connection, batch: list[dict[str, dict[str, Any]]]) -> None:
    for model, kind in ((Case, "case"), (CaseAudience, "audience"), (UserTask, "task"), (TaskOffer, "offer")):
        rows = [row[kind] for row in batch if kind in row]
        if rows:
            connection.execute(insert(model), rows)


def _rows(
    place: Workplace, dice: random.Random, deployment_id: str, numbers: range
) -> Iterator[dict[str, dict[str, Any]]]:
    now = place.engine.now()
    for number in numbers:
        case_id, task_id = f"{dice.getrandbits(128):032x}", f"{dice.getrandbits(128):032x}"
        is_open, enterprise = dice.random() < OPEN_SHARE, dice.randrange(ENTERPRISES)
        person = place.hr.person_id if enterprise == 0 else f"person{enterprise}"
        audience = f"person:{person}"
        at = now - timedelta(minutes=number)
        case = {"id": case_id, "number": f"N{number}", "title": "测量", "process": "rounds", "created_at": at}
        case |= {"closed_at": None if is_open else at}
        case |= {"deployment_id": deployment_id, "status": "running" if is_open else "completed", "parties": {}}
        case |= {"created_by": person, "history_seq": 0, "history_head": "0" * 64, "lock_version": 1}
        task = {"id": task_id, "case_id": case_id, "step_id": task_id, "element_id": "hold_round", "name": "进行一轮"}
        task |= {"state": "open" if is_open else "completed", "candidate_groups": ["enterprise_hr"], "priority": 50}
        task |= {"due_at": at + timedelta(days=30), "created_at": at, "lock_version": 1}
        task |= {"completed_at": None if is_open else at}
        row = {"case": case, "task": task, "audience": {"case_id": case_id, "audience": audience}}
        yield row | ({"offer": {"task_id": task_id, "audience": audience}} if is_open else {})

"""Every view, filter and search of tasks and cases, and the rail, in a full city, for readers of little and of all.

On PostgreSQL where there is one, else on SQLite; against one page by primary key. `--scale 1` is a million tasks.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine as Tables
from sqlalchemy import event, select

from bench import postgresql
from bench.full_city import FullCity, fill
from bench.measuring import progress, ratio, summary, wall_ms
from engine.actor import SYSTEM, Actor
from engine.commands.deploy import Deploy
from engine.database import Database
from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from engine.model import UserTask
from engine.queries.cases import CaseFilter, cases
from engine.queries.worklist import VIEWS, TaskFilter, worklist, worklist_counts
from seeds.tables import upgrade
from services import SERVICES

TASKS = 1_000_000
REPEATS = 15
SHORT = 0.1  # a run below this scale tries the questions rather than measuring them
PROCESS = "wage_consultation"
SETTINGS = "-c shared_buffers=1GB -c work_mem=16MB -c random_page_cost=1.1 -c effective_cache_size=4GB -c jit=off"
READERS = {
    "the city's union": "city_union",
    "a town": "town_union",
    "a reviewer": "hrss_reviewer",
    "an enterprise": "enterprise_hr",
}
STATES = {status: {"status": status} for status in ("running", "suspended", "completed")}
HEAP = ("Seq Scan on user_task", 'Seq Scan on "case"', "Seq Scan on case_audience", "Seq Scan on task_offer")
Question = Callable[[Any, Actor], Any]


@dataclass(frozen=True)
class Place:
    engine: Engine
    city: FullCity

    def ask(self, question: Question, actor: Actor) -> Any:
        with self.engine.reading() as session:
            return question(session, actor)


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    tasks = max(2_000, round(TASKS * scale))
    with _place(tasks) as place:
        questions = _questions(place)
        actors = {name: place.city.actor(group) for name, group in READERS.items()}
        repeats = REPEATS if scale >= SHORT else 1
        asked = [(what, who) for what in questions for who in actors]
        times = {
            (what, who): _timed(place, questions[what], actors[who], repeats) for what, who in progress(asked, "asking")
        }
        scans = _scans(place, [(questions[what], actors[who]) for what, who in asked]) if scale == 1.0 else []
        floor = _timed(place, _by_key, actors["a town"], repeats)
        database = place.engine.database.engine.dialect.name
    slowest = max(times, key=lambda pair: times[pair]["p95"])
    return {
        "database": database,
        "tasks": tasks,
        "p95_ms": {what: {who: times[what, who]["p95"] for who in actors} for what in questions},
        "slowest": {"what": " of ".join(slowest), **times[slowest]},
        "rail_p95_ms": max(times["rail", who]["p95"] for who in actors),
        "table_scans": scans,
        "floor": {"what": "50 tasks by primary key", "wall_ms": floor},
        "ratio": ratio(times[slowest]["p95"], floor["p95"]),
        "goal": {"any_p95_ms": 150, "rail_p95_ms": 100, "table_scans": []},
    }


@contextmanager
def _place(tasks: int) -> Iterator[Place]:
    programs = postgresql.programs()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        if programs is None:
            yield _filled(f"sqlite:///{folder}/bench.db", Path(folder), tasks)
            return
        with postgresql.cluster(programs, settings=SETTINGS) as url:
            place = _filled(url, Path(folder), tasks)
            yield place
            place.engine.database.dispose()


def _filled(url: str, folder: Path, tasks: int) -> Place:
    upgrade(url)
    engine = Engine(Database(url, pool_size=2), services=SERVICES, data_dir=folder)
    sources = Path(__file__).parent.parent / "bpmn" / PROCESS
    report = engine.run(Deploy(files=bundle_files(sources)), actor=SYSTEM)
    if not report.deployable:
        raise RuntimeError(report.problems)
    return Place(engine, fill(engine, process=PROCESS, tasks=tasks))


def _questions(place: Place) -> dict[str, Question]:
    catalogue, now = place.engine.catalogue, place.engine.now()

    def tasks(view: str, **filters: Any) -> Question:
        wanted = TaskFilter(view=view, **filters)
        return lambda session, actor: worklist(session, actor, filters=wanted, catalogue=catalogue, now=now)

    def of_cases(**filters: Any) -> Question:
        wanted = CaseFilter(**filters)
        return lambda session, actor: cases(session, actor, filters=wanted, catalogue=catalogue)

    def two_pages(session: Any, actor: Actor) -> None:
        asked = {"filters": TaskFilter(view="group"), "catalogue": catalogue, "now": now}
        worklist(session, actor, **asked, cursor=worklist(session, actor, **asked).next)

    narrow, own = _of_both(place), _of_tasks(now)
    return {
        "rail": lambda session, actor: worklist_counts(session, actor, now=now),
        **{view: tasks(view) for view in VIEWS},
        **{f"group, {what}": tasks("group", **filters) for what, filters in {**narrow, **own}.items()},
        **{f"done, {what}": tasks("done", **filters) for what, filters in narrow.items()},
        "two pages of the group": two_pages,
        "cases": of_cases(),
        **{f"cases, {what}": of_cases(**filters) for what, filters in {**narrow, **STATES}.items()},
    }


def _of_both(place: Place) -> dict[str, dict[str, Any]]:
    """What narrows lists of tasks and of cases alike."""
    enterprise_id, name, town = place.city.enterprises[77]
    return {
        "text, rare": {"text": name[3:8]},
        "text, common": {"text": "有限公司"},
        "number": {"text": "000123"},
        "town": {"town": town},
        "enterprise": {"enterprise": enterprise_id},
        "process": {"process": PROCESS},
        "stage": {"stage": "filing_review"},
    }


def _of_tasks(now: datetime) -> dict[str, dict[str, Any]]:
    return {
        "step": {"element": "review_filing"},
        "nobody has": {"assignee": "-"},
        "due in 3 days": {"due_before": now + timedelta(days=3)},
        "waiting a month": {"created_before": now - timedelta(days=30)},
        "to be looked at again": {"follow_up_before": now},
        "newest": {"sort": "newest"},
        "waiting longest": {"sort": "waiting"},
    }


def _timed(place: Place, question: Question, actor: Actor, repeats: int) -> dict[str, float]:
    def ask() -> None:
        place.ask(question, actor)

    ask()
    return summary([wall_ms(ask) for _ in range(repeats)])


def _by_key(session: Any, _actor: Actor) -> None:
    session.execute(select(UserTask).where(UserTask.id >= "8").order_by(UserTask.id).limit(50)).all()


def _scans(place: Place, asked: list[tuple[Question, Actor]]) -> list[str]:
    """Statements of these questions whose plan reads a whole table of many rows."""
    tables = place.engine.database.engine
    if tables.dialect.name != "postgresql":
        return []
    statements: dict[str, Any] = {}
    for question, actor in asked:
        for text, parameters in _statements_of(place, tables, question, actor):
            statements.setdefault(text, parameters)
    with tables.connect() as connection:
        plans = {
            text: "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text}", parameters))
            for text, parameters in statements.items()
        }
    return [text for text, plan in plans.items() if any(scan in plan for scan in HEAP)]


def _statements_of(place: Place, tables: Tables, question: Question, actor: Actor) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_more: Any) -> None:
        seen.append((text, parameters))

    event.listen(tables, "before_cursor_execute", note)
    try:
        place.ask(question, actor)
    finally:
        event.remove(tables, "before_cursor_execute", note)
    return [(text, parameters) for text, parameters in seen if text.startswith(("SELECT", "WITH"))]

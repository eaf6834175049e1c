"""Thousands of running cases move to the next version of their process, in the background as people have it."""

from typing import Any

from sqlalchemy import func, select, update

from bench.measuring import cpu_ms, progress, ratio, wall_ms
from bench.workplace import PROCESSES, Workplace, workplace
from engine.actor import SYSTEM, Actor
from engine.commands.deploy import Deploy
from engine.commands.sign_in import SignIn
from engine.commands.start_migration import StartMigration
from engine.migrating.outlook import Plan
from engine.model import CaseMigration, MigrationRun, ProcessInstance
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from engine.queries.migrations import migration_outlook
from seeds.demo_data import PASSWORD

CASES = 10_000
PROCESS = "four_tasks"


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    cases = max(20, round(CASES * scale))
    with workplace(PROCESS) as place:
        for _ in progress(range(cases), "starting cases"):
            place.start(PROCESS)
        _second_version(place)
        designer, floor = _designer(place), _floor(place)
        plan = Plan(process=PROCESS, from_version=1, to_version=2)
        looked = wall_ms(lambda: _outlook(place, designer, plan))
        order = StartMigration(process=PROCESS, from_version=1, to_version=2, reason="measured")
        run_id = place.engine.run(order, actor=designer)
        wall: list[float] = []
        cpu = cpu_ms(lambda: wall.append(wall_ms(lambda: _work_off(place))))
        moved, once = _outcome(place, run_id)
    return {
        "cases": cases,
        "moved": moved,
        "moved_once": once,
        "outlook_ms": round(looked),
        "cpu_ms_each": round(cpu / cases, 3),
        "seconds": round(wall[0] / 1000, 1),
        "minutes_for_10000": round(wall[0] / 60_000 / cases * CASES, 2),
        "floor": {"what": "one row updated in its own transaction", "cpu_ms_each": round(floor, 3)},
        "ratio": ratio(cpu / cases, floor),
        "goal": {"minutes_for_10000": 10},
    }


def _second_version(place: Workplace) -> None:
    """With a word more in its documentation: every case is looked at, carried over and written."""
    diagram = (PROCESSES / f"{PROCESS}.bpmn").read_text("utf-8")
    files = {f"forms/{path.name}": path.read_bytes() for path in PROCESSES.glob("*.form")}
    used = {path: form for path, form in files.items() if f'formId="{path[6:-5]}"' in diagram}
    changed = diagram.replace("</bpmn:documentation>", " Anew.</bpmn:documentation>", 1)
    report = place.engine.run(Deploy(files={f"{PROCESS}.bpmn": changed.encode(), **used}), actor=SYSTEM)
    if not report.deployable or changed == diagram:
        raise RuntimeError([(p.code, p.element_id) for p in report.problems])


def _designer(place: Workplace) -> Actor:
    visitor = Actor(person_id="", username="designer", name="designer")
    token = place.engine.run(SignIn(username="designer", password=PASSWORD, agent="bench"), actor=visitor).token
    found = place.engine.authenticate(token)
    assert found is not None
    return found


def _outlook(place: Workplace, designer: Actor, plan: Plan) -> None:
    with place.engine.reading() as session:
        migration_outlook(session, designer, plan, catalogue=place.engine.catalogue)


def _work_off(place: Workplace) -> None:
    while tick(place.engine, lambda job_id: do_job(place.engine, job_id)):
        pass


def _outcome(place: Workplace, run_id: str) -> tuple[int, int]:
    with place.engine.reading() as session:
        moved = session.get_one(MigrationRun, run_id).moved
        cases = select(func.count(func.distinct(CaseMigration.case_id)))
        rows = session.scalar(select(func.count()).select_from(CaseMigration))
        return moved, (session.scalar(cases) or 0) if rows == moved else -1


def _floor(place: Workplace, times: int = 100) -> float:
    """CPU milliseconds of the least that moving could be."""
    with place.engine.reading() as session:
        ids = list(session.scalars(select(ProcessInstance.id).limit(times)))

    def touch() -> None:
        for id_ in ids:
            with place.engine.database.writing.begin() as session:
                session.execute(update(ProcessInstance).where(ProcessInstance.id == id_).values(troubled=[]))

    return cpu_ms(touch) / len(ids)

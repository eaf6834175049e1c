"""A shortlist of experts, from the lock of the case to the commit of its offers, among many experts and past cases.

On PostgreSQL where there is one, else on SQLite; against the experts of the profession by index.
`--scale 1` is 2,000 experts and 50,000 cases.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench import postgresql
from bench.full_city import FullCity, Rows, fill, write
from bench.measuring import progress, ratio, summary, wall_ms
from bench.worklist import SETTINGS
from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.deploy import Deploy
from engine.database import Database
from engine.definitions.catalogue_sources import bundle_files
from engine.dispatching.shortlists import shortlist
from engine.engine import Engine
from engine.long_lived import set_aside
from engine.model import Case, Expert, ExpertOffer, ExpertRanking, Party, Person, ProcessInstance
from engine.model.base_model import new_id
from engine.model.expert import Profession
from engine.work import Work
from seeds.tables import upgrade
from services import SERVICES

CASES, EXPERTS, REPEATS, TASKS_A_CASE = 50_000, 2_000, 60, 5
PROCESS = "wage_consultation"
FIELDS = ("劳动争议", "合同纠纷", "公司治理", "知识产权", "税务筹划", "财务规范")
BATCH = 2_000
WITH_OUTSIDERS = 0.2


@dataclass(frozen=True, kw_only=True)
class Dispatch(Command[int]):
    """What the service does, without a process around it."""

    case_id: str
    profession: str
    counterparty: str

    def execute(self, work: Work) -> int:
        folder = work.lock_case(self.case_id, clocks_first=False)
        wanted = {"profession": self.profession, "field": FIELDS[0], "counterparty": self.counterparty}
        return int(shortlist(folder, wanted)["eligible"])


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    cases, experts = max(400, round(CASES * scale)), max(50, round(EXPERTS * scale))
    repeats = max(5, round(REPEATS * scale))
    with _place(cases, experts) as (engine, city):
        orders = _orders(engine, city, repeats + 1)
        engine.run(orders[0], actor=SYSTEM)
        times = summary([wall_ms(lambda one=one: engine.run(one, actor=SYSTEM)) for one in orders[1:]])
        floor = summary([wall_ms(lambda: _by_profession(engine)) for _ in range(repeats)])
        counted, offered = _made(engine)
        database = engine.database.engine.dialect.name
    return {
        "database": database,
        "experts": experts,
        "past_cases": cases,
        "ranked_each": counted,
        "offers": offered,
        "wall_ms": times,
        "floor": {"what": "the experts of one profession, by index", "wall_ms": floor},
        "ratio": ratio(times["p95"], floor["p95"]),
        "goal": {"p95_ms": 200},
    }


def _orders(engine: Engine, city: FullCity, number: int) -> list[Dispatch]:
    """Other cases, professions and counterparties each time."""
    with engine.reading() as session:
        live = session.scalars(select(Case.id).where(Case.closed_at.is_(None)).order_by(Case.id).limit(number)).all()
    professions, enterprises = list(Profession), city.enterprises
    return [
        Dispatch(
            case_id=live[at % len(live)],
            profession=professions[at % len(professions)],
            counterparty=enterprises[at * 7 % len(enterprises)][1],
        )
        for at in range(number)
    ]


def _by_profession(engine: Engine) -> None:
    with engine.reading() as session:
        session.execute(select(Expert.__table__).where(Expert.profession == Profession.LAWYER)).all()


def _made(engine: Engine) -> tuple[int, int]:
    """How many were ranked in one decision, and how many offers wait: it shows that something was done."""
    with engine.reading() as session:
        entries = session.scalars(select(ExpertRanking.entries).limit(1)).one()
        waiting = session.scalars(select(ExpertOffer.id).where(ExpertOffer.outcome == "offered")).all()
        return len(entries), len(waiting)


@contextmanager
def _place(cases: int, experts: int) -> Iterator[tuple[Engine, FullCity]]:
    programs = postgresql.programs()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        if programs is None:
            yield _filled(f"sqlite:///{folder}/bench.db", Path(folder), cases, experts)
            return
        with postgresql.cluster(programs, settings=SETTINGS) as url:
            engine, city = _filled(url, Path(folder), cases, experts)
            yield engine, city
            engine.database.dispose()


def _filled(url: str, folder: Path, cases: int, experts: int) -> tuple[Engine, FullCity]:
    upgrade(url)
    engine = Engine(Database(url, pool_size=2), services=SERVICES, data_dir=folder)
    set_aside()  # as a server does when it starts
    report = engine.run(Deploy(files=bundle_files(Path(__file__).parent.parent / "bpmn" / PROCESS)), actor=SYSTEM)
    if not report.deployable:
        raise RuntimeError(report.problems)
    city = fill(engine, process=PROCESS, tasks=cases * TASKS_A_CASE)
    Register(engine, city, experts).fill()
    return engine, city


class Register:
    """Experts of the five professions, and one of each case's past: dispatched, after two others were not needed."""

    def __init__(self, engine: Engine, city: FullCity, experts: int) -> None:
        self._engine, self._city, self._experts = engine, city, experts
        self._dice = random.Random(20260302)
        self._now = engine.now()
        self._people: dict[str, list[str]] = {profession: [] for profession in Profession}

    def fill(self) -> None:
        with self._engine.reading() as session:
            cases = session.execute(select(Case.id, Case.deployment_id, Case.created_at, Case.closed_at)).all()
        with self._engine.database.engine.begin() as connection:
            write(connection, self._register())
            parts = [cases[at : at + BATCH] for at in range(0, len(cases), BATCH)]
            for some in progress(parts, "experts of past cases"):
                write(connection, self.past(some))
        with self._engine.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE")

    def _register(self) -> Rows:
        rows: Rows = {Person: [], Expert: []}
        towns = sorted({town for _, _, town in self._city.enterprises})
        for number in range(self._experts):
            profession, id_ = list(Profession)[number % len(Profession)], new_id()
            self._people[profession].append(id_)
            known = {"id": id_, "username": f"expert{number}", "name": f"专家{number}", "password_hash": "-"}
            rows[Person].append(known | {"locale": "zh", "lock_version": 1})
            today = self._now.date()
            rows[Expert].append(
                {
                    "person_id": id_, "profession": profession, "licence_no": f"L{number}", "fields":
                    self._dice.sample(FIELDS, 2), "towns": self._dice.sample(towns, 3), "max_open": 10,
                    "licence_until": today + timedelta(days=self._dice.randrange(-20, 900)),
                    "employer": f"第{number // 4}事务所", "term_from": today - timedelta(days=400),
                    "term_to": today + timedelta(days=400), "status": "active", "changed_at": self._now,
                    "lock_version": 1,
                }
            )  # fmt: skip
        return rows

    def past(self, cases: Sequence[Any]) -> Rows:
        rows: Rows = {ProcessInstance: [], Party: [], ExpertOffer: []}
        for case in cases:
            rows[ProcessInstance].append(self.instance(case))
            profession = self._dice.choice(list(Profession))
            asked = self._dice.sample(self._people[profession], 3)
            rows[Party].append(
                {
                    "id": new_id(), "case_id": case.id, "role": "expert", "person_id": asked[0],
                    "appointed_at": case.created_at,
                }
            )  # fmt: skip
            outcomes = ("accepted", "superseded", "superseded")
            rows[ExpertOffer] += [
                {
                    "id": new_id(), "case_id": case.id, "profession": profession, "person_id": person, "round": 1,
                    "rank": place, "reasons": [{"code": "no_conflict_known", "params": {}}],
                    "offered_at": case.created_at, "outcome": outcome, "outcome_at": case.created_at,
                }
                for place, (person, outcome) in enumerate(zip(asked, outcomes, strict=True), start=1)
            ]  # fmt: skip
        return rows

    def instance(self, case: Any) -> dict[str, Any]:
        """With as many words as a wage case remembers, in some outside negotiators among them."""
        reps = [{"person": f"rep{n}", "post": "操作工", "is_chief": n == 0, "is_external": False} for n in range(6)]
        outside = {"expert": f"专家{self._dice.randrange(self._experts)}（某事务所）", "is_external": True}
        clauses = [{"head": f"条款{n}", "text": "双方同意按本条约定执行。" * 8} for n in range(13)]
        outsiders = [outside] if self._dice.random() < WITH_OUTSIDERS else []
        values = {"worker_reps": [*reps, *outsiders], "employer_reps": reps, "clauses": clauses}
        return {
            "id": new_id(), "case_id": case.id, "deployment_id": case.deployment_id, "process": PROCESS, "state": b"",
            "variables": values, "passed": [], "moves": 0, "troubled": [],
        }  # fmt: skip

"""The board of who coordinates the dispatch of experts, over as many experts and past requests as in `dispatch`.

On PostgreSQL where there is one, else on SQLite; against its open requests by stage. `first_ms` is the reading in which
what is counted over the period is read anew, which happens every five minutes.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import postgresql
from bench.dispatch import CASES, EXPERTS, FIELDS, REPEATS, TASKS_A_CASE, Register
from bench.full_city import FullCity, fill
from bench.measuring import ratio, summary, wall_ms
from bench.worklist import SETTINGS
from engine.actor import SYSTEM, Actor, Membership
from engine.commands.deploy import Deploy
from engine.database import Database
from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from engine.queries.dispatch_board.board import dispatch_board
from engine.queries.dispatch_board.scope import board_for
from engine.queries.dispatch_board.stages import open_counts
from engine.queries.requests import REQUESTS
from seeds.tables import upgrade
from services import SERVICES

COORDINATOR = Actor("coordinator", "coordinator", "工商联", (Membership("federation"),))
WAITING = 0.3  # of the offers of open requests; the others were answered
_WORDS = ("客户拖欠货款", "股权转让", "商标被抢注", "研发费用加计扣除", "厂房评估", "工伤赔偿", "竞业限制", "出口退税")
_ENDS = ("怎么办", "咨询", "的合同纠纷", "需要哪些材料", "税务处理", "求助")


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    cases, experts = max(400, round(CASES * scale)), max(50, round(EXPERTS * scale))
    repeats = max(5, round(REPEATS * scale))
    with _place(cases, experts) as engine:
        first = wall_ms(lambda: _look(engine))
        orders = ("name", "load")
        times = summary([wall_ms(lambda at=at: _look(engine, orders[at % 2])) for at in range(repeats)])
        floor = summary([wall_ms(lambda: _stages(engine)) for _ in range(repeats)])
        board = _look(engine)
        database = engine.database.engine.dialect.name
    return {
        "database": database,
        "experts": experts,
        "past_cases": cases,
        "open": board.requests.total,
        "offers": board.offers.cases,
        "topics": len(board.period.topics),
        "first_ms": round(first, 1),
        "wall_ms": times,
        "floor": {"what": "open and late requests by stage and town", "wall_ms": floor},
        "ratio": ratio(times["p95"], floor["p95"]),
        "goal": {"p95_ms": 300},
    }


def _look(engine: Engine, order: str = "name") -> Any:
    with engine.reading() as session:
        return dispatch_board(session, COORDINATOR, catalogue=engine.catalogue, now=engine.now(), order=order)


def _stages(engine: Engine) -> None:
    with engine.reading() as session:
        open_counts(board_for(session, COORDINATOR, catalogue=engine.catalogue, now=engine.now()))


@contextmanager
def _place(cases: int, experts: int) -> Iterator[Engine]:
    programs = postgresql.programs()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        if programs is None:
            yield _filled(f"sqlite:///{folder}/bench.db", Path(folder), cases, experts)
            return
        with postgresql.cluster(programs, settings=SETTINGS) as url:
            engine = _filled(url, Path(folder), cases, experts)
            yield engine
            engine.database.dispose()


def _filled(url: str, folder: Path, cases: int, experts: int) -> Engine:
    upgrade(url)
    engine = Engine(Database(url, pool_size=2), services=SERVICES, data_dir=folder)
    report = engine.run(Deploy(files=bundle_files(Path(__file__).parent.parent / "bpmn" / REQUESTS)), actor=SYSTEM)
    if not report.deployable:
        raise RuntimeError(report.problems)
    city = fill(engine, process=REQUESTS, tasks=cases * TASKS_A_CASE)
    _Requests(engine, city, experts).fill()
    return engine


class _Requests(Register):
    """What requests remember, and offers of which those of open ones still wait."""

    def __init__(self, engine: Engine, city: FullCity, experts: int) -> None:
        super().__init__(engine, city, experts)
        self._topics = random.Random(20260310)

    def past(self, cases: Any) -> Any:
        rows = super().past(cases)
        live = {case.id for case in cases if case.closed_at is None}
        for model, found in rows.items():
            if model.__tablename__ == "expert_offer":
                for row in found:
                    if row["case_id"] in live and self._topics.random() < WAITING:
                        row |= {"outcome": "offered", "outcome_at": None}
        return rows

    def instance(self, case: Any) -> dict[str, Any]:
        return {**super().instance(case), "process": REQUESTS, "variables": self._remembered(case)}

    def _remembered(self, case: Any) -> dict[str, Any]:
        dice = self._topics
        points = {name: dice.randrange(3, 6) for name in ("speed", "skill", "manner")} if case.closed_at else {}
        return {
            "title": f"{dice.choice(_WORDS)}{dice.choice(_ENDS)}{dice.randrange(100)}", "category": dice.choice(FIELDS),
            "detail": "一家客户收货三个月仍未付款，合同没有约定违约金，想知道怎样追讨。" * 6,
            "complexity": dice.choice(("simple", "normal", "complex")), "triage_professions": ["lawyer"],
            "accepted_on": case.created_at.date().isoformat(), "solved": dice.choice(("yes", "partly", "no")),
            "advices": [{"profession": "lawyer", "advice": "建议先发律师函，保留送货单。" * 8}], **points,
        }  # fmt: skip

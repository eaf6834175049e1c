"""A city with one small process, on both databases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.actor import SYSTEM
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy import Deploy
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.model import Case, Clock, HistoryEntry, UserTask
from engine.services import ServiceCall
from tests.ballots import congress, congress_folder, mixed_congress
from tests.city import PEOPLE, City, open_city
from tests.databases import Database, Template
from tests.engine.visits import visit_files
from tests.talks import talks

__all__ = ["congress", "congress_folder", "mixed_congress", "talks"]

SOURCES = Path("bpmn/wage_consultation")


class Reckoning:
    """The service of the small process; fails as long as it is told to."""

    def __init__(self) -> None:
        self.is_broken = False
        self.calls: list[Mapping[str, Any]] = []

    def __call__(self, call: ServiceCall) -> Mapping[str, Any]:
        self.calls.append(call.inputs)
        if self.is_broken:
            raise RuntimeError("broken")
        return {"cost": 120}


@dataclass
class Visits:
    """The small process in a city, with the steps that tests take most."""

    city: City
    reckoning: Reckoning

    def start(self, by: str = "hr") -> str:
        return self.city.run(StartCase(process="site_visit", answers={"purpose": "看车间"}), by=by)

    def take(self, case_id: str, element_id: str, by: str) -> UserTask:
        task = self.city.task_at(case_id, element_id)
        self.city.run(ClaimTask(task_id=task.id), by=by)
        return task

    def do(self, case_id: str, element_id: str, by: str, **answers: Any) -> UserTask:
        task = self.take(case_id, element_id, by)
        self.city.run(CompleteTask(task_id=task.id, answers=answers), by=by)
        return task

    def plan(self, case_id: str) -> UserTask:
        return self.do(case_id, "plan_visit", "hr", plan="上午到厂", visit_on="2026-03-20", sketch=[])

    def case(self, case_id: str) -> Case:
        return self.city.rows(Case, Case.id == case_id)[0]

    def clock(self, case_id: str, element_id: str) -> Clock:
        return self.city.rows(Clock, Clock.case_id == case_id, Clock.element_id == element_id)[-1]

    def actions(self, case_id: str) -> list[str]:
        entries = self.city.rows(HistoryEntry, HistoryEntry.stream == case_id)
        return [e.action for e in sorted(entries, key=lambda e: e.seq)]

    def refusals(self) -> list[str]:
        entries = self.city.rows(HistoryEntry, HistoryEntry.stream == "system", HistoryEntry.action == "refused")
        return [e.details["code"] for e in sorted(entries, key=lambda e: e.seq)]

    def open_elements(self, case_id: str) -> list[str]:
        return [task.element_id for task in self.city.tasks(case_id)]


def rule_files() -> dict[str, bytes]:
    return {path: content for path, content in bundle_files(SOURCES).items() if path.startswith("rules/")}


def _with_visits(url: str) -> None:
    city = open_city(Database("", url), data_dir=Path("nowhere"))
    city.engine.services["test/reckon"] = Reckoning()
    report = city.engine.run(Deploy(files=visit_files(rule_files())), actor=SYSTEM)
    assert report.deployable, report.problems
    city.engine.database.dispose()


VISITS = Template("visits", _with_visits, below=PEOPLE)


@pytest.fixture
def visits(database_hosts: Any, database_kind: str, tmp_path: Path) -> Iterator[Visits]:
    with database_hosts.of(database_kind).fresh(VISITS) as database:
        reckoning = Reckoning()
        city = open_city(database, data_dir=tmp_path, is_demo=True)
        city.engine.services["test/reckon"] = reckoning
        yield Visits(city, reckoning)
        city.engine.database.dispose()

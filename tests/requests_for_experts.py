"""Requests for experts, played as their scenarios tell them, up to a task; on the database of a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import WITH_EXPERTS, City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts


class Requests:
    """Plays stories of a process in one city."""

    def __init__(self, city: City, process: str = "expert_dispatch") -> None:
        self.city, self._folder = city, ROOT / "bpmn" / process / "scenarios"
        self.player = Player(open_engine=lambda: city.engine)

    def until(self, story: str, task: str = "") -> str:
        """Plays a story until this task is to be done, or to its end; gives the id of the case."""
        told = Scenario.read(self._folder / f"{story}.yml")
        case_id, steps = self.player.start(told), told.story["steps"]
        before = next((n for n, step in enumerate(steps) if task and step.get("task") == task), len(steps))
        for done in self.player.go_on(told, case_id) if before else ():
            if done == before:
                break
        return case_id

    def do(self, story: str, case_id: str, **step: object) -> None:
        """One more step, with the examples of a story."""
        self.player.do(step, Scenario.read(self._folder / f"{story}.yml"), case_id)

    def deliver(self) -> None:
        """What waits in the outbox is done."""
        while tick(self.city.engine, lambda job_id: do_job(self.city.engine, job_id)):
            pass

    def open_elements(self, case_id: str) -> list[str]:
        return sorted(task.element_id for task in self.city.tasks(case_id) if not task.discretionary)


@pytest.fixture
def requests_city(
    database_hosts: DatabaseHosts, database_kind: str, definitions: SharedDefinitions, tmp_path: Path
) -> Iterator[City]:
    """A city in training mode with the demo's register of experts."""
    with database_hosts.of(database_kind).fresh(WITH_EXPERTS) as database:
        city = open_city(database, data_dir=tmp_path, is_demo=True, definitions=definitions)
        try:
            yield city
        finally:
            city.engine.database.dispose()

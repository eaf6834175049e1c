"""Requests for experts, played as their scenarios tell them, up to a task; on the database of a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playing.player import Player
from playing.scenario_file import Scenario
from seeds.seeding import enter_demo_experts
from tests.architecture.source_tree import ROOT
from tests.city import WITH_EXPERTS, City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts


class Requests:
    """Plays stories of a process in one city; experts are in the register."""

    def __init__(self, city: City, process: str = "expert_dispatch") -> None:
        self.city, self._folder = city, ROOT / "bpmn" / process / "scenarios"
        enter_demo_experts(city.engine)

    def play(self, name: str, *, until: str | None = None) -> str:
        """A story until this task is to be done, or to its end; gives the id of the case."""
        story, player = self._story(name), self._player()
        case_id = player.start(story)
        played = player.go_on(story, case_id)
        while until not in self.open_elements(case_id) and next(played, None) is not None:
            pass
        return case_id

    def do(self, name: str, case_id: str, **step: object) -> None:
        """One more step, with the examples of a story."""
        self._player().do(step, self._story(name), case_id)

    def go_on(self, name: str, case_id: str, task: str) -> None:
        """The step of a story in which this task is done."""
        (step,) = [one for one in self._story(name).story["steps"] if one.get("task") == task]
        self.do(name, case_id, **step)

    def play_with_a_wait(self) -> str:
        """Closed and archived on the third working day, two of which the enterprise took to send what was missing."""
        case_id = self.play("waiting_for_enterprise", until="supply_material")
        self.city.clock.advance(days=2)
        sent = {"task": "supply_material", "as": "hr2", "answers_from": "supplied_material.valid"}
        self.do("waiting_for_enterprise", case_id, **sent)
        self.city.clock.advance(days=1)
        for step in self._story("single_satisfied").story["steps"]:
            if step.get("task") in self.open_elements(case_id):
                self.do("single_satisfied", case_id, **step)
        return case_id

    def _story(self, name: str) -> Scenario:
        return Scenario.read(self._folder / f"{name}.yml")

    def _player(self) -> Player:
        """Signs people in as they are now: days may have passed."""
        return Player(open_engine=lambda: self.city.engine)

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

"""Requests of enterprises for tests: stories of the process, played as far as a test needs them."""

from pathlib import Path
from typing import Any

from playing.player import Player
from playing.scenario_file import Scenario, scenarios
from seeds.seeding import enter_demo_experts
from tests.architecture.source_tree import ROOT
from tests.city import City

FOLDER: Path = ROOT / "bpmn" / "expert_dispatch"


class Requests:
    """The people of a city file requests and work on them; experts are in the register."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._stories = {story.name: story for story in scenarios(FOLDER)}
        enter_demo_experts(city.engine)

    def play(self, name: str, *, until: str | None = None) -> str:
        """A story to its end, or until the step `until` is open; gives the id of the case."""
        story = self._stories[name]
        player = Player(open_engine=lambda: self.city.engine)
        case_id = player.start(story)
        played = player.go_on(story, case_id)
        while not self._is_at(case_id, until) and next(played, None) is not None:
            pass
        return case_id

    def _is_at(self, case_id: str, element_id: str | None) -> bool:
        return element_id is not None and element_id in {task.element_id for task in self.city.tasks(case_id)}

    def play_with_a_wait(self) -> str:
        """Closed and archived on the third working day, two of which the enterprise took to send what was missing."""
        case_id = self.play("waiting_for_enterprise", until="supply_material")
        self.city.clock.advance(days=2)
        self.do(
            case_id, "waiting_for_enterprise", task="supply_material", by="hr2", answers_from="supplied_material.valid"
        )
        self.city.clock.advance(days=1)
        for step in self._stories["single_satisfied"].story["steps"]:
            open_ones = {task.element_id for task in self.city.tasks(case_id) if not task.discretionary}
            if step.get("task") in open_ones:
                self.do(case_id, "single_satisfied", **{**step, "by": step["as"]})
        return case_id

    def go_on(self, case_id: str, story: str, task: str) -> None:
        """The step of a story in which this task is done."""
        (step,) = [one for one in self._stories[story].story["steps"] if one.get("task") == task]
        self.do(case_id, story, **{**step, "by": step["as"]})

    def do(self, case_id: str, story: str, **step: Any) -> None:
        """One more step, with the examples of a story."""
        scenario: Scenario = self._stories[story]
        Player(open_engine=lambda: self.city.engine).do({**step, "as": step["by"]}, scenario, case_id)

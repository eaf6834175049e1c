"""`tongban demo --city`: wage consultations of several enterprises, each played up to where it waits today.

The stories are scenarios of the process, told of other people: whoever they name has a counterpart in each enterprise.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from cli.demo_vote import PastPlayer
from cli.past import work_off
from cli.townspeople import Townspeople
from engine.actor import Actor
from engine.engine import Engine
from playing.player import duration
from playing.scenario_file import Scenario
from seeds.demo_city import ENTERPRISES, REPS, TOWN_UNIONS, WORKERS, DemoEnterprise
from seeds.demo_data import HILL_TOWN, STAR, STAR_TOWN
from seeds.seeding import PROCESSES

PROCESS = "wage_consultation"
_NUMBERED = re.compile(r"(rep|worker)(\d+)\Z")
_UNIONS = {STAR_TOWN: "town_union", HILL_TOWN: "town_union2", **TOWN_UNIONS}


@dataclass(frozen=True)
class Standing:
    """A consultation that began `days` ago and waits for the task `until`."""

    key: str
    story: str
    until: str
    days: int

    @property
    def enterprise(self) -> DemoEnterprise:
        return next(one for one in ENTERPRISES if one.key == self.key)


# The earliest first, as their numbers count.
CONSULTATIONS = (
    Standing("五指岩", "happy_path", "report_performance", 40),
    Standing("绿篱", "happy_path", "approve_review", 28),
    Standing("半山云", "happy_path", "check_completeness", 25),
    Standing("铛铛", "reply_overdue", "urge_reply", 20),
    Standing("铁砚", "happy_path", "advise_on_draft", 17),
    Standing("栖霞岭", "happy_path", "record_meeting", 16),
    Standing("守拙", "happy_path", "reply_by_enterprise", 4),
)


def play_consultations(engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[str]:
    """Gives the id of each case that stands where it should."""
    for standing in CONSULTATIONS:
        yield _play(engine, standing, clock)


def _play(engine: Engine, standing: Standing, clock: Callable[[], datetime]) -> str:
    told = Scenario.read(PROCESSES / PROCESS / "scenarios" / f"{standing.story}.yml")
    player = Neighbours(engine, standing, clock=clock)
    story = replace(told, story=player.renamed(told.story))
    case_id = player.start(story)
    for step in takewhile(lambda step: step.get("task") != standing.until, story.story["steps"]):
        if "advance" in step:
            player.advance(duration(step["advance"]))
        elif "expect" not in step:
            player.do(step, story, case_id)
        work_off(player.engine)
    player.advance(player.behind)
    return case_id


class Neighbours(PastPlayer):
    """Plays the people of one enterprise as those of another."""

    def __init__(self, present: Engine, standing: Standing, *, clock: Callable[[], datetime]) -> None:
        super().__init__(present, clock=clock, days=standing.days)
        self._enterprise = standing.enterprise
        self._people = Townspeople(present)

    def actor(self, username: str) -> Actor:
        return self._people.actor(username)

    def answers(self, step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
        told: dict[str, Any] = self.renamed(super().answers(step, scenario))
        return told

    def renamed(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: self.renamed(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.renamed(part) for part in value]
        return self._word(value) if isinstance(value, str) else value

    def _word(self, text: str) -> str:
        one, numbered = self._enterprise, _NUMBERED.match(text)
        if text in ("boss", "hr", "chair"):
            return f"{text}{one.number}"
        if text == "town_union":
            return _UNIONS[one.town]
        if numbered:
            most = REPS if numbered[1] == "rep" else WORKERS
            return f"{numbered[1]}{one.number}_{(int(numbered[2]) - 1) % most + 1}"
        for star, own in self._names.items():
            text = text.replace(star, own)
        return text

    @property
    def _names(self) -> dict[str, str]:
        one = self._enterprise
        people = {"胡建华": one.boss, "吴晓芸": f"hr{one.number}", "李卫国": f"chair{one.number}"}
        return {STAR: one.name, "星月": one.key} | {name: self._people.actor(who).name for name, who in people.items()}

"""A draft that is tried (试运行): one case in a city of its own, with demo people and a clock that may be moved.

Everything is done by the same engine as in earnest, step by step, by the player of scenarios: what was tried can be
kept as a scenario, and a scenario can be played up to a step and gone on with by hand.
"""

import fcntl
import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.commands.claim_task import ClaimTask
from engine.engine import Engine
from engine.errors import Conflict
from playing.city import city_in, engine_over, put_city
from playing.delivering import deliver
from playing.expectations import Expectations, ScenarioFailed
from playing.journal import Journal
from playing.player import Player
from playing.scenario_file import Scenario
from playing.stories import stories_of
from playing.written import by_itself, plain

CITY, BEFORE = "city.db", "before"
MOST_STEPS = 500
MOST_KEPT = 30  # one can go back so many steps


class TrialBusy(Conflict):
    """Something is being done in this try at this moment."""


class TrialTooLong(Conflict):
    """A try has at most 500 steps."""


class NothingToTakeBack(Conflict):
    """Nothing was done yet in this try, or it is too long ago."""


@dataclass(frozen=True)
class Trial:
    """`catalogue` knows the bundle of the draft, which does not change while it is tried."""

    folder: Path
    catalogue: Catalogue

    @property
    def journal(self) -> Journal:
        return Journal.read(self.folder)

    @contextmanager
    def running(self) -> Iterator["TrialRun"]:
        """One at a time. Raises TrialBusy."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as taken:
                raise TrialBusy() from taken
            engine = engine_over(self.folder / CITY, self.folder)
            engine.catalogue = self.catalogue.with_same_definitions()
            try:
                yield TrialRun(self.folder, engine, Journal.read(self.folder))
            finally:
                engine.database.dispose()


class TrialRun:
    """A try while something is done in it."""

    def __init__(self, folder: Path, engine: Engine, journal: Journal) -> None:
        self._folder, self.engine, self.journal = folder, engine, journal
        self.player = Player(open_engine=lambda: engine)

    def actor(self, username: str) -> Actor:
        return self.player.actor(username)

    @property
    def stories(self) -> tuple[Scenario, ...]:
        """What one may begin with."""
        return stories_of(self.journal.process, self._folder)

    def start(self, step: Mapping[str, Any], *, told: Mapping[str, Any] | None = None) -> None:
        """`step` is a `start` of a scenario; `told` is how the journal tells it. Raises what the commands raise."""
        before = self._city_now()
        self.journal.case_id = self.player.start(self._scenario(start=step))
        self._keep(before)
        self.journal.start = plain(told or step)
        self._settle()

    def claim(self, task_id: str, username: str) -> None:
        """A step of its own in life, part of handing in in a scenario."""
        self.engine.run(ClaimTask(task_id=task_id), actor=self.actor(username))

    def do(self, step: Mapping[str, Any], *, told: Mapping[str, Any] | None = None) -> None:
        """One step of a scenario. Raises ScenarioFailed and what the commands raise; then nothing is told."""
        if len(self.journal.steps) >= MOST_STEPS:
            raise TrialTooLong()
        if self.journal.case_id is None:
            raise ScenarioFailed("the case has not been started")
        before = self._city_now()
        self.player.act(step, self._scenario(), self.journal.case_id)
        self._keep(before)
        self.journal.steps.append(plain(told or step))
        self._settle()

    def play(self, scenario: Scenario, *, until: int | None = None) -> None:
        """Begins with a story, up to its step number `until` (from 1; all by default)."""
        story = by_itself(scenario)
        self.start(story["start"])
        for step in story["steps"][:until]:
            self.do(step)

    def expect(self) -> dict[str, Any]:
        """What is true now, as a step of a scenario that says so."""
        return {"expect": Expectations(self.engine, self.journal.case_id or "", actor=self.actor).seen()}

    def take_back(self) -> None:
        """The city as it was before the last thing that was done. Raises NothingToTakeBack."""
        if not self.journal.kept:
            raise NothingToTakeBack()
        number = self.journal.kept.pop()
        self.engine.database.dispose()
        kept = self._folder / BEFORE / f"{number}.gz"
        put_city(self._folder / CITY, gzip.decompress(kept.read_bytes()))
        kept.unlink()
        del self.journal.steps[max(number - 1, 0) :]
        if number == 0:
            self.journal.start = self.journal.case_id = None
        self.journal.write(self._folder)

    def _settle(self) -> None:
        """What waits in the outbox is done, and told where it mattered: a scenario says so itself."""
        if deliver(self.engine) and self.journal.steps[-1:] != [{"deliver": True}]:
            self.journal.steps.append({"deliver": True})
        self.journal.write(self._folder)

    def _city_now(self) -> bytes:
        self.engine.database.dispose()
        return gzip.compress(city_in(self._folder / CITY), 1)

    def _keep(self, city: bytes) -> None:
        """The city as it was before what is told next: number 0 is before the start, 1 before the first step."""
        number = 0 if self.journal.start is None else len(self.journal.steps) + 1
        place = self._folder / BEFORE
        place.mkdir(exist_ok=True)
        (place / f"{number}.gz").write_bytes(city)
        self.journal.kept = [*(n for n in self.journal.kept if n < number), number]
        while len(self.journal.kept) > MOST_KEPT:
            (place / f"{self.journal.kept.pop(0)}.gz").unlink(missing_ok=True)

    def _scenario(self, start: Mapping[str, Any] | None = None) -> Scenario:
        story = {"start": start or {}, "steps": [], "ends_at": ""}
        return Scenario(self._folder / "scenario", self.journal.process, self._folder, story)

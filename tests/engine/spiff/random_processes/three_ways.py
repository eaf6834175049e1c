"""One process in three ways under the same commands: in memory, in a database, and killed again and again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from engine.model import HistoryEntry
from engine.trails import trail_of
from tests.city import City
from tests.engine.spiff.oracle.playing import Disagreement
from tests.engine.spiff.random_processes.at_the_door import FormGame, hand_in
from tests.engine.spiff.random_processes.comparing import Outcome, play_out
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.engine.spiff.random_processes.in_memory import InMemory
from tests.engine.spiff.random_processes.twins import Twins
from tests.faults.killed_player import CommandsAtWork, Killed

MOST_STEPS = 80
Told = Sequence[tuple[str, str]]


class HandedIn(InDatabase):
    """Deployed through the door; restored and saved by every command."""

    def deploy(self, grown: Field) -> None:
        hand_in(self.city, grown)


class KilledBeside(Killed):
    """Another case of the version that was handed in."""

    share = 0.5

    def deploy(self, grown: Field) -> None:
        return None


@dataclass
class ThreeWays:
    city: City
    work: CommandsAtWork
    grown: Field
    seed: int
    kills: int = 0

    def play(self) -> Outcome:
        """Raises Disagreement when one differs from the others, or all from what the diagram allows."""
        memory = InMemory(self.grown.diagram, saves=False)
        saved = HandedIn(self.city, self.grown)
        killed = KilledBeside(self.city, self.grown, self.work, random.Random(self.seed))
        game = FormGame(self.grown, Twins([memory, saved, killed]), random.Random(self.seed), {})
        outcome = play_out(game, seed=self.seed, most_steps=MOST_STEPS)
        self.kills = killed.kills
        if outcome.cut is None or outcome.cut == "long":
            moved = [(event.kind, event.element) for event in memory.world.trail.close()]
            self.agree("moved", moved, [self.moved(saved), self.moved(killed)])
            self.agree("was told", self.told(saved), [self.told(killed)])
        return outcome

    def moved(self, player: InDatabase) -> Told:
        with self.city.engine.reading() as session:
            return [(event.kind, event.element) for event in trail_of(session, player.case_id)]

    def told(self, player: InDatabase) -> Told:
        """The history of the case, without who and when."""
        rows = self.city.rows(HistoryEntry, HistoryEntry.stream == player.case_id)
        return [(row.action, row.element_id or "") for row in sorted(rows, key=lambda row: row.seq)]

    def agree(self, what: str, first: Told, others: Sequence[Told]) -> None:
        for other in others:
            if list(other) != list(first):
                raise Disagreement(f"seed {self.seed}: one {what}\n{first}\nthe other\n{other}")

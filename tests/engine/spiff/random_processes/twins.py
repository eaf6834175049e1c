"""Several players that are given the same commands and must never differ."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.engine.spiff.oracle.observing import Seen
from tests.engine.spiff.oracle.playing import Disagreement
from tests.engine.spiff.random_processes.comparing import Command, Player


class Twins:
    def __init__(self, players: Sequence[Player]) -> None:
        self.players = players
        self.chooses = frozenset().union(*(player.chooses for player in players))

    def begin(self, variables: Mapping[str, Any]) -> None:
        for player in self.players:
            player.begin(variables)

    def do(self, command: Command) -> None:
        for player in self.players:
            player.do(command)

    def heard(self) -> Sequence[str]:
        first, *others = [player.heard() for player in self.players]
        for other in others:
            if other != first:
                raise Disagreement(f"one performed {first}, the other {other}")
        return first

    def seen(self) -> Seen:
        first, *others = [player.seen() for player in self.players]
        for other in others:
            if not other.agrees(first):
                raise Disagreement(f"one shows {first.unlike(other)}, the other {other.unlike(first)}")
        return first

"""What stories share is played once: where they part, the database is kept, and the others go on from a copy."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from engine.actor import Actor
from engine.engine import Engine
from playing.player import Player
from playing.scenario_file import Scenario
from tests.city import WITH_EXPERTS, SharedDefinitions, open_city
from tests.databases import Host, Template


@dataclass(frozen=True)
class Parting:
    """A place where stories part: a database in which so many steps are done, by people who are signed in there."""

    template: Template
    case_id: str = ""
    done: int = 0
    signed_in: Mapping[str, Actor] = field(default_factory=dict)


def ways(story: Scenario, *, restores: bool) -> list[str]:
    """After the start and after each step: a name for all that was done, and how it was done."""
    way = _digest("", story.process, story.story["start"])
    names = [way]
    for number, step in enumerate(story.story["steps"], 1):
        way = _digest(way, step, restores and number > story.inherited)
        names.append(way)
    return names


def _digest(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class Beginnings:
    """Plays stories on one host of databases. What is shared was played the same way, straight or with restarts."""

    host: Host
    data_dir: Path
    definitions: SharedDefinitions
    stories: Iterable[Scenario]
    _kept: dict[str, Parting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = [ways(story, restores=restores) for story in self.stories for restores in (False, True)]
        self._takers = Counter(way for names in told for way in names)

    def play(self, story: Scenario, *, restores: bool) -> None:
        """Raises ScenarioFailed."""
        names = ways(story, restores=restores)
        known = [self._kept[way] for way in names if way in self._kept]
        parting = known[-1] if known else Parting(WITH_EXPERTS)
        with self._player(parting, restores=restores) as (player, keep):
            case_id = parting.case_id or player.start(story)
            for done in player.go_on(story, case_id, done=parting.done):
                if self._part_at(names, done):
                    self._kept[names[done]] = Parting(keep(), case_id, done, dict(player.signed_in))

    def _part_at(self, names: list[str], done: int) -> bool:
        """Whether others come this way and some leave it here."""
        if done >= len(names) or names[done] in self._kept:
            return False
        onward = self._takers[names[done + 1]] if done + 1 < len(names) else 0
        return 1 < self._takers[names[done]] > onward

    @contextmanager
    def _player(self, parting: Parting, *, restores: bool) -> Iterator[tuple[Player, ...]]:
        with self.host.fresh(parting.template) as database:

            def open_engine() -> Engine:
                return open_city(database, data_dir=self.data_dir, is_demo=True, definitions=self.definitions).engine

            with Player(open_engine, restores=restores, signed_in=dict(parting.signed_in)) as player:

                def keep() -> Template:
                    player.engine.database.dispose()
                    return self.host.keep(database)

                yield player, keep

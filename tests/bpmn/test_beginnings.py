"""Stories share only what is done alike, and go on from where they part."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.bpmn.beginnings import Beginnings, ways
from tests.city import SharedDefinitions
from tests.conftest import DatabaseHosts

STORY = Scenario.read(ROOT / "bpmn/wage_consultation/scenarios/offer_withdrawn.yml")


def told(**changes: Any) -> Scenario:
    return replace(STORY, story={**STORY.story, **changes})


def test_what_is_inherited_is_done_alike_and_own_steps_are_done_straight_or_with_restarts() -> None:
    inherited = replace(STORY, inherited=2)
    straight, restarting = (ways(inherited, restores=restores) for restores in (False, True))

    assert straight[:3] == restarting[:3]
    assert not set(straight[3:]) & set(restarting[3:])


def test_another_start_is_another_way() -> None:
    elsewhere = told(start={**STORY.story["start"], "as": "boss"})

    assert not set(ways(STORY, restores=False)) & set(ways(elsewhere, restores=False))


def test_a_story_goes_on_where_another_left_it(
    database_hosts: DatabaseHosts,
    database_kind: str,
    definitions: SharedDefinitions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played: list[int] = []
    go_on = Player.go_on

    def noted(*story: Any, **how: Any) -> Iterator[int]:
        for done in go_on(*story, **how):
            played.append(done)
            yield done

    monkeypatch.setattr(Player, "go_on", noted)
    shorter = told(steps=STORY.story["steps"][:-1])
    beginnings = Beginnings(database_hosts.of(database_kind), tmp_path, definitions, [STORY, shorter])

    beginnings.play(STORY, restores=False)
    beginnings.play(shorter, restores=False)

    last = len(STORY.story["steps"])
    assert played == [*range(1, last + 1), last + 1, last]

"""Stories share only what is done alike, and go on from where they part."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.scenario import Player
from cli.scenario_file import Scenario
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
    done: list[dict[str, Any]] = []
    do = Player.do
    monkeypatch.setattr(Player, "do", lambda player, step, *rest: (done.append(step), do(player, step, *rest)))
    seen, refused, withdrawn, looked = STORY.story["steps"]
    shorter = told(steps=[seen, refused, withdrawn])
    beginnings = Beginnings(database_hosts.of(database_kind), tmp_path, definitions, [STORY, shorter])

    beginnings.play(STORY, restores=False)
    beginnings.play(shorter, restores=False)

    end = {"expect_end": "offer_withdrawn"}
    assert done == [seen, refused, withdrawn, looked, end, end]

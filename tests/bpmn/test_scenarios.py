"""Plays every scenario of every process on both databases, straight and with a restart between all steps."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.scenario import Player
from cli.scenario_file import Scenario, scenarios
from engine.engine import Engine
from tests.architecture.source_tree import ROOT
from tests.city import City, SharedDefinitions, open_city

FOLDERS = sorted({path.parent for path in (ROOT / "bpmn").glob("*/*.bpmn")})
STORIES = [story for folder in FOLDERS for story in scenarios(folder)]


@pytest.fixture
def open_engine(city: City, definitions: SharedDefinitions, tmp_path: Path) -> Callable[[], Engine]:
    """Opens engines over one database; what they share are files that never change."""
    return lambda: open_city(city.database, data_dir=tmp_path, is_demo=True, definitions=definitions).engine


@pytest.mark.parametrize("restores", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.process}-{story.name}")
def test_a_scenario_goes_as_it_is_written(story: Scenario, open_engine: Callable[[], Engine], restores: bool) -> None:
    with Player(open_engine, restores=restores) as player:
        player.play(story)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_process_has_scenarios(folder: Path) -> None:
    assert list(scenarios(folder))

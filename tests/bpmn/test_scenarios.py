"""Plays every scenario of every process on both databases, straight and with a restart between all steps."""

from pathlib import Path

import pytest

from playing.scenario_file import Scenario, scenarios
from tests.architecture.source_tree import ROOT
from tests.bpmn.beginnings import Beginnings
from tests.city import SharedDefinitions
from tests.conftest import DatabaseHosts

FOLDERS = sorted({path.parent for path in (ROOT / "bpmn").glob("*/*.bpmn")})
STORIES = [story for folder in FOLDERS for story in scenarios(folder)]


@pytest.fixture(scope="module")
def known() -> dict[str, Beginnings]:
    """By the kind of the database: what has been played already."""
    return {}


@pytest.fixture
def beginnings(
    known: dict[str, Beginnings],
    database_hosts: DatabaseHosts,
    database_kind: str,
    definitions: SharedDefinitions,
    tmp_path_factory: pytest.TempPathFactory,
) -> Beginnings:
    if database_kind not in known:
        folder = tmp_path_factory.mktemp(database_kind)
        known[database_kind] = Beginnings(database_hosts.of(database_kind), folder, definitions, STORIES)
    return known[database_kind]


@pytest.mark.parametrize("restores", [False, True], ids=["straight", "restarting"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.process}-{story.name}")
def test_a_scenario_goes_as_it_is_written(story: Scenario, beginnings: Beginnings, restores: bool) -> None:
    beginnings.play(story, restores=restores)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_process_has_scenarios(folder: Path) -> None:
    assert list(scenarios(folder))

"""The processes of the city, played by cases that change their version after every step."""

from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.commands.deploy import Deploy
from engine.commands.migrate_case import MigrateCase
from engine.deploying import files_of_version
from engine.engine import Engine
from engine.model import Case, Deployment
from playing.player import Player
from playing.scenario_file import Scenario, scenarios
from tests.architecture.source_tree import ROOT
from tests.city import WITH_EXPERTS, City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts
from tests.faults.invariants import broken_invariants

# Among them are votes, several visits at once, waiting clocks, a called diagram and a loop back.
TOLD = {
    "expert_dispatch": ("team_of_three", "waiting_for_enterprise"),
    "wage_consultation": ("happy_path", "exactly_half_fails"),
    "staff_survey": ("survey_answered",),
}
STORIES = [s for process, names in TOLD.items() for s in scenarios(ROOT / "bpmn" / process) if s.name in names]


def test_every_story_is_there() -> None:
    assert len(STORIES) == sum(map(len, TOLD.values()))


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.process}-{story.name}")
def test_a_story_goes_as_it_is_written_whatever_the_version(
    story: Scenario, database_hosts: DatabaseHosts, definitions: SharedDefinitions, tmp_path: Path
) -> None:
    with database_hosts.of("sqlite").fresh(WITH_EXPERTS) as database:
        city = open_city(database, data_dir=tmp_path, is_demo=True, definitions=definitions)
        versions = _second_version(city, story.process)
        with Player(lambda: city.engine) as player:
            case_id = player.start(story)
            for number in player.go_on(story, case_id):
                _move(city.engine, case_id, versions[number % 2])
        assert broken_invariants(city.engine, case_id=case_id) == []
        assert len(city.rows(Deployment, Deployment.process == story.process)) == 2
        city.engine.database.dispose()


def _second_version(city: City, process: str) -> tuple[int, int]:
    """The same process with one word more in its documentation."""
    with city.engine.reading() as session:
        first = city.engine.catalogue.newest(session, process)
        assert first is not None
        files = files_of_version(session, first.id)
    path = f"{process}.bpmn"
    text = files[path].decode()
    assert "</bpmn:documentation>" in text
    files[path] = text.replace("</bpmn:documentation>", "。</bpmn:documentation>", 1).encode()
    assert city.engine.run(Deploy(files=files), actor=SYSTEM).deployable
    return first.version, first.version + 1


def _move(engine: Engine, case_id: str, to: int) -> None:
    with engine.reading() as session:
        case = session.get_one(Case, case_id)
        now = session.get_one(Deployment, case.deployment_id).version
        is_over = case.closed_at is not None
    if not is_over and now != to:
        engine.run(MigrateCase(case_id=case_id, to_version=to, reason="换一个版本"), actor=SYSTEM)

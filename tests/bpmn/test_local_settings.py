"""What a place may set otherwise than Yongkang changes the way of a case, without a change of the diagram."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.definitions.catalogue_sources import bundle_files
from engine.engine import Engine
from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City, open_city

FOLDER = ROOT / "bpmn/wage_consultation"


def without_votes_after_objections() -> dict[str, bytes]:
    """The bundle with another value of one setting."""
    files = bundle_files(FOLDER)
    before, name, after = files["rules/settings.yml"].partition(b"  revote_after_objection:\n")
    changed = after.replace(b"value: true", b"value: false", 1)
    assert changed != after
    return files | {"rules/settings.yml": before + name + changed}


def test_without_votes_after_objections_a_changed_contract_is_filed_again_at_once(city: City, tmp_path: Path) -> None:
    def open_engine() -> Engine:
        return open_city(city.database, data_dir=tmp_path, is_demo=True).engine

    city.deploy(without_votes_after_objections())
    story = Scenario.read(FOLDER / "scenarios/objection_and_refiling.yml")
    steps = [_of_substance(step) for step in story.story["steps"] if step.get("task") != "review_wording"]

    with Player(open_engine) as player:
        player.play(replace(story, story={**story.story, "steps": steps}))


def _of_substance(step: Mapping[str, Any]) -> Mapping[str, Any]:
    if step.get("task") != "revise_contract":
        return step
    return {**step, "answers": {"change_kind": "substantive"}}

"""A draft is tried in a city of its own: step by step, back again, and told as a scenario that plays the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.actor import SYSTEM
from engine.definitions.catalogue_sources import bundle_files
from engine.errors import Rejected
from engine.queries.case_file import case_file
from playing.expectations import ScenarioFailed
from playing.player import Player
from playing.playground import open_playground
from playing.scenario_file import Scenario
from playing.trial import NothingToTakeBack, Trial, TrialBusy
from playing.trials import MOST_OF_ONE, TrialNotFound, Trials, players
from playing.written import written

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
PROCESS = BPMN / "expert_dispatch"
STORY = PROCESS / "scenarios" / "single_satisfied.yml"
ME, OTHER = "designer-1", "designer-2"


@pytest.fixture
def trials(tmp_path: Path) -> Trials:
    return Trials(tmp_path / "tries")


@pytest.fixture
def trial(trials: Trials) -> Iterator[Trial]:
    trial_id, report = trials.open(bundle_files(PROCESS), owner=ME)
    assert trial_id, report.problems
    return trials.find(trial_id, owner=ME)


def _open_tasks(trial: Trial) -> list[str]:
    with trial.running() as run, run.engine.reading() as session:
        file = case_file(
            session, SYSTEM, run.journal.case_id or "", catalogue=run.engine.catalogue, now=run.engine.now()
        )
        return [task.element_id for task in file.tasks if task.state in ("open", "claimed")]


def test_begins_with_a_story_and_goes_on_by_hand(trial: Trial) -> None:
    with trial.running() as run:
        run.play(Scenario.read(STORY), until=3)
    assert _open_tasks(trial) == ["answer_offer"]
    with trial.running() as run:
        run.do({"decline": "answer_offer", "as": "lawyer1", "reason": "当天开庭"})
        assert run.expect() == {"expect": {"stage": "dispatch", "open": ["answer_offer"]}}
        run.do({"advance": "P1D"})
    steps = trial.journal.steps
    assert [next(iter(step)) for step in steps[-2:]] == ["decline", "advance"] or steps[-1] == {"deliver": True}


def test_goes_back_step_by_step_to_before_the_start(trial: Trial) -> None:
    with trial.running() as run:
        run.play(Scenario.read(STORY), until=3)
    before = trial.journal.steps
    with trial.running() as run:
        run.take_back()
    assert trial.journal.steps == before[: len(trial.journal.steps)]
    assert _open_tasks(trial) == ["confirm_triage"]
    while trial.journal.kept:
        with trial.running() as run:
            run.take_back()
    assert (trial.journal.start, trial.journal.case_id, trial.journal.steps) == (None, None, [])
    with trial.running() as run, pytest.raises(NothingToTakeBack):
        run.take_back()


def test_what_is_refused_is_not_told_and_changes_nothing(trial: Trial) -> None:
    with trial.running() as run:
        run.play(Scenario.read(STORY), until=1)
    kept = trial.journal
    with trial.running() as run, pytest.raises(Rejected):
        run.do({"task": "accept_request", "as": "federation", "answers": {}})
    with trial.running() as run, pytest.raises(ScenarioFailed):
        run.do({"task": "accept_request", "as": "boss2", "answers": {}})
    assert trial.journal == kept


def test_what_was_tried_is_a_scenario_that_plays_the_same(trial: Trial, tmp_path: Path) -> None:
    with trial.running() as run:
        run.play(Scenario.read(STORY))
    story = trial.journal.story(description="试运行", ends_at="request_archived")
    path = tmp_path / "expert_dispatch" / "scenarios" / "tried.yml"
    path.parent.mkdir(parents=True)
    path.write_text(written(story), "utf-8")
    with Player(open_playground(tmp_path / "place" / "one", PROCESS), restores=True) as player:
        player.play(Scenario.read(path))


def test_only_one_at_a_time_and_only_by_its_owner(trials: Trials, trial: Trial) -> None:
    with trial.running(), pytest.raises(TrialBusy), trial.running():
        pass
    with pytest.raises(TrialNotFound):
        trials.find(trial.folder.name, owner=OTHER)
    with pytest.raises(TrialNotFound):
        trials.find("../../etc", owner=ME)
    assert trials.of(OTHER) == ()


def test_the_oldest_try_makes_room_for_a_new_one(trials: Trials) -> None:
    files = bundle_files(BPMN / "staff_survey")
    first, *_ = [trials.open(files, owner=ME)[0] for _ in range(MOST_OF_ONE + 1)]
    assert len(trials.of(ME)) == MOST_OF_ONE
    with pytest.raises(TrialNotFound):
        trials.find(first or "", owner=ME)


def test_what_cannot_be_deployed_cannot_be_tried(trials: Trials, tmp_path: Path) -> None:
    trial_id, report = trials.open({"broken.bpmn": b"<no"}, owner=ME)
    assert trial_id is None
    assert report.problems
    assert trials.of(ME) == ()


def test_players_are_the_demo_people_of_a_group() -> None:
    federation = {username for username, _ in players(["federation"])}
    assert "federation" in federation
    assert not {"boss", "rep1"} & federation
    assert players(["enterprise_manager", "federation"])[0][0] == "boss"
    assert {"boss", "rep1", "lawyer1"} < {username for username, _ in players()}

"""The player tells where a story went another way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.engine import Engine
from playing.expectations import ScenarioFailed
from playing.player import Player, duration
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City, SharedDefinitions, open_city
from tests.factories import EXAMPLE, deploy_example

STORY = Scenario.read(ROOT / "docs/how-to/improvement_suggestion/scenarios/carried_out.yml")


@pytest.fixture
def open_engine(people: City, definitions: SharedDefinitions, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    deploy_example(people)
    demo = open_city(people.database, data_dir=tmp_path, is_demo=True, definitions=definitions)
    yield lambda: demo.engine
    demo.engine.database.dispose()


def told(**changes: Any) -> Scenario:
    return replace(STORY, story={**STORY.story, **changes})


def test_a_story_is_read_with_its_process_and_its_examples() -> None:
    assert STORY.process == "improvement_suggestion"
    assert STORY.examples == EXAMPLE / "examples"


@pytest.mark.parametrize("restores", [False, True])
def test_a_story_goes_as_it_is_written(open_engine: Callable[[], Engine], restores: bool) -> None:
    Player(open_engine, restores=restores).play(STORY)


def test_only_the_own_steps_of_a_story_are_restarted(open_engine: Callable[[], Engine]) -> None:
    opened = []

    def counting() -> Engine:
        opened.append(1)
        return open_engine()

    steps = len(STORY.story["steps"])
    Player(counting, restores=True).play(replace(STORY, inherited=steps - 1))

    assert len(opened) == 3  # for all inherited steps, for the last step, for the look at the end


def test_a_wrong_end_is_told(open_engine: Callable[[], Engine]) -> None:
    with pytest.raises(ScenarioFailed, match="did not end at suggestion_declined"):
        Player(open_engine).play(told(ends_at="suggestion_declined"))


def test_a_story_that_stops_early_says_what_the_case_waits_for(open_engine: Callable[[], Engine]) -> None:
    with pytest.raises(ScenarioFailed, match=r"running and waits for .*review_suggestion"):
        Player(open_engine).play(told(steps=[]))


def test_a_task_that_is_not_offered_to_somebody_is_told(open_engine: Callable[[], Engine]) -> None:
    step = {"task": "review_suggestion", "as": "boss2", "answers": {"verdict": "accepted"}}

    with pytest.raises(ScenarioFailed, match=r"step 1 .*boss2 has no open task review_suggestion"):
        Player(open_engine).play(told(steps=[step]))


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"open": ["carry_out_suggestion"]}, "open tasks: expected"),
        ({"stage": "carrying_out"}, "stage: expected carrying_out, found review"),
        ({"variables": {"subject": "其他"}}, "variable subject: expected 其他"),
        ({"history": ["case_cancelled"]}, "not in the history"),
        ({"case": "completed"}, "the case is running"),
        ({"passed": ["suggestion_made", "carry_out_suggestion"]}, "no token passed .'carry_out_suggestion'"),
        ({"offered": {"hr": ["withdraw"]}}, "what hr may start: expected .'withdraw'., found ..$"),
        ({"weather": "fine"}, "unknown expectation weather"),
    ],
)
def test_what_is_not_true_is_told(open_engine: Callable[[], Engine], expected: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioFailed, match=message):
        Player(open_engine).play(told(steps=[{"expect": expected}]))


def test_answers_that_should_be_refused_and_are_not_are_told(open_engine: Callable[[], Engine]) -> None:
    step = {"task": "review_suggestion", "as": "hr", "answers": {"verdict": "accepted"}, "expect_problems": ["verdict"]}

    with pytest.raises(ScenarioFailed, match="should have been refused"):
        Player(open_engine).play(told(steps=[step]))


def test_refused_answers_name_their_problems(open_engine: Callable[[], Engine]) -> None:
    step = {"task": "review_suggestion", "as": "hr", "answers": {"verdict": "perhaps"}}

    with pytest.raises(ScenarioFailed, match=r"step 1 .*verdict"):
        Player(open_engine).play(told(steps=[step]))


def test_what_nobody_may_start_is_told(open_engine: Callable[[], Engine]) -> None:
    step = {"initiate": "withdraw", "as": "hr", "answers": {}}

    with pytest.raises(ScenarioFailed, match=r"step 1 initiate=withdraw as=hr: hr may not start withdraw: nothing"):
        Player(open_engine).play(told(steps=[step]))


def test_who_may_not_see_the_case_is_offered_nothing(open_engine: Callable[[], Engine]) -> None:
    first = {"expect": {"offered": {"boss2": [], "hr": []}, "passed": ["suggestion_made"]}}

    Player(open_engine).play(told(steps=[first, *STORY.story["steps"]]))


@pytest.mark.parametrize("text", ["15 days", "P1M", ""])
def test_a_duration_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ScenarioFailed):
        duration(text)

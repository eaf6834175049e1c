"""A story may go on where another one stopped."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from playing.expectations import ScenarioFailed
from playing.scenario_file import MAX_CHAIN, Scenario, scenarios

BASE = {
    "description": "first",
    "start": {"as": "chair", "answers": {"subject": "夜班"}},
    "steps": [
        {"task": "review", "as": "hr"},
        {"advance": "P1D"},
        {"initiate": "problem_noticed", "as": "rep1"},
        {"task": "carry_out", "as": "boss"},
        {"task": "review", "as": "hr", "answers": {"second": True}},
    ],
    "ends_at": "done",
}

Tell = Callable[..., Path]


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Writes a story into a process folder of its own."""
    folder = tmp_path / "bpmn/suggestion/scenarios"
    folder.mkdir(parents=True)

    def write(name: str, **story: Any) -> Path:
        path = folder / f"{name}.yml"
        path.write_text(yaml.safe_dump(story, allow_unicode=True), "utf-8")
        return path

    write("base", **BASE)
    return write


def going_on(**words: Any) -> dict[str, Any]:
    return {
        "description": "second",
        "extends": "base",
        "steps": [{"task": "own", "as": "hr"}],
        "ends_at": "other",
    } | words


def steps(path: Path) -> list[Any]:
    return [
        step.get("task") or step.get("initiate") or step.get("advance") for step in Scenario.read(path).story["steps"]
    ]


def test_it_has_the_start_and_all_steps_of_the_other_and_its_own_end(tell: Tell) -> None:
    path = tell("on", **going_on())

    story = Scenario.read(path).story

    assert story["start"] == BASE["start"]
    assert (story["description"], story["ends_at"]) == ("second", "other")
    assert steps(path) == ["review", "P1D", "problem_noticed", "carry_out", "review", "own"]
    assert (Scenario.read(path).inherited, Scenario.read(path.with_stem("base")).inherited) == (5, 0)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"until": "carry_out"}, ["review", "P1D", "problem_noticed", "own"]),
        ({"after": "carry_out"}, ["review", "P1D", "problem_noticed", "carry_out", "own"]),
        ({"until": "problem_noticed"}, ["review", "P1D", "own"]),
        ({"after": "problem_noticed"}, ["review", "P1D", "problem_noticed", "own"]),
        ({"until": "review"}, ["own"]),
        ({"after": "review"}, ["review", "own"]),
    ],
)
def test_it_leaves_the_other_at_the_first_time_of_a_task(
    tell: Tell, where: dict[str, str], expected: list[str]
) -> None:
    assert steps(tell("on", **going_on(**where))) == expected


def test_stories_go_on_from_each_other(tell: Tell) -> None:
    tell("second", **going_on(after="carry_out"))
    third = tell("third", **going_on(extends="second", until="own", steps=[{"task": "last", "as": "hr"}]))

    assert steps(third) == ["review", "P1D", "problem_noticed", "carry_out", "last"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"until": "weather"}, "on.yml: base has no place until weather"),
        ({"after": "weather"}, "on.yml: base has no place after weather"),
        ({"until": "review", "after": "carry_out"}, "until and after"),
        ({"extends": "nothing"}, "on.yml extends nothing, which is not there"),
        ({"extends": "on"}, "on → on: too long a chain of extends, or a circle"),
    ],
)
def test_what_cannot_be_followed_is_told(tell: Tell, words: dict[str, str], message: str) -> None:
    path = tell("on", **going_on(**words))

    with pytest.raises(ScenarioFailed, match=message):
        Scenario.read(path)


def test_a_chain_that_is_too_long_is_refused(tell: Tell) -> None:
    names = ["base", *(f"link{number}" for number in range(MAX_CHAIN))]
    paths = [tell(name, **going_on(extends=before)) for before, name in pairwise(names)]

    assert len(steps(paths[-2])) == len(BASE["steps"]) + MAX_CHAIN - 1
    with pytest.raises(ScenarioFailed, match="too long a chain"):
        Scenario.read(paths[-1])


def test_the_stories_of_a_folder_come_in_order_of_their_names(tell: Tell) -> None:
    folder = tell("another", **going_on()).parents[1]

    assert [story.name for story in scenarios(folder)] == ["another", "base"]

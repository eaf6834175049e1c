"""Scenario files: the stories of a process, and how one goes on where another stopped.

A scenario is a YAML file under `bpmn/<process>/scenarios/`; docs/how-to/add-a-process.md describes its words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from playing.expectations import ScenarioFailed

MAX_CHAIN = 5  # stories that go on from each other; more cannot be followed by a reader
_WHERE = ("until", "after")


@dataclass(frozen=True)
class Scenario:
    """One story with everything that came before it; `examples` is the folder that `answers_from` names files of."""

    path: Path
    process: str
    examples: Path
    story: Mapping[str, Any]
    inherited: int = 0  # so many of its steps belong to stories that are tested by themselves

    @classmethod
    def read(cls, path: Path) -> "Scenario":
        """Raises ScenarioFailed when it goes on from a story that is not there, or from a place it does not have."""
        process = path.parent.parent.name
        own = path.parents[1] / "examples"
        examples = own if own.is_dir() else path.parents[3] / "forms" / process / "examples"
        story, inherited = _whole_story(path, seen=())
        return cls(path=path, process=process, examples=examples, story=story, inherited=inherited)

    @property
    def name(self) -> str:
        return self.path.stem


def scenarios(folder: Path) -> Iterator[Scenario]:
    """The scenarios of a process folder, in order of their names."""
    return (Scenario.read(path) for path in sorted(folder.glob("scenarios/*.yml")))


def _whole_story(path: Path, *, seen: Sequence[str]) -> tuple[Mapping[str, Any], int]:
    """The story with the start and the first steps of the one it extends, and how many steps those are."""
    if path.stem in seen or len(seen) == MAX_CHAIN:
        raise ScenarioFailed(f"{' → '.join([*seen, path.stem])}: too long a chain of extends, or a circle")
    if not path.is_file():
        raise ScenarioFailed(f"{seen[-1]}.yml extends {path.stem}, which is not there")
    told = yaml.CSafeLoader(path.read_text("utf-8")).get_single_data()
    if "extends" not in told:
        return told, 0
    before, _ = _whole_story(path.with_stem(told["extends"]), seen=[*seen, path.stem])
    own = {key: value for key, value in told.items() if key not in ("extends", *_WHERE)}
    beginning = _beginning(before["steps"], told, path)
    return {**own, "start": before["start"], "steps": [*beginning, *told["steps"]]}, len(beginning)


def _said(step: Mapping[str, Any]) -> Sequence[str]:
    """A place without a task: where the sides begin to agree on the text."""
    return ("negotiate",) if "negotiate" in step else ()


def _beginning(steps: Sequence[Mapping[str, Any]], told: Mapping[str, Any], path: Path) -> list[Mapping[str, Any]]:
    """All steps, or those `until` a task is done for the first time (without it), or `after` it (with it)."""
    where = [word for word in _WHERE if word in told]
    if not where:
        return list(steps)
    task = told[where[0]]
    before = list(takewhile(lambda step: task not in (step.get("task"), step.get("initiate"), *_said(step)), steps))
    if len(where) > 1 or len(before) == len(steps):
        raise ScenarioFailed(f"{path.name}: {told['extends']} has no place {' and '.join(where)} {task}")
    return before if where[0] == "until" else [*before, steps[len(before)]]

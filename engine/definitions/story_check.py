"""What is wrong with scenarios before they are played: unreadable files, examples and beginnings that are missing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from engine.definitions.lint_problem import LintProblem, error

SCENARIOS, EXAMPLES = "scenarios/", "examples/"
MAX_NESTING = 30


def scenario_problems(stories: Mapping[str, bytes]) -> tuple[LintProblem, ...]:
    found = [replace(problem, path=path) for path in sorted(stories) for problem in _of(path, stories)]
    return tuple(found)


def _of(path: str, stories: Mapping[str, bytes]) -> Iterator[LintProblem]:
    if path.startswith(EXAMPLES):
        yield from _unreadable_example(stories[path])
        return
    try:
        story = read_story(stories[path])
    except yaml.YAMLError as wrong:
        line = getattr(getattr(wrong, "problem_mark", None), "line", None)
        yield error("scenario_unreadable", line=None if line is None else line + 1)
        return
    if not isinstance(story, Mapping) or not isinstance(story.get("steps"), list):
        yield error("scenario_without_steps")
        return
    before = story.get("extends")
    if before is not None and f"{SCENARIOS}{before}.yml" not in stories:
        yield error("scenario_extends_missing", extends=str(before)[:80])
    elif before is None and not isinstance(story.get("start"), Mapping):
        yield error("scenario_without_start")
    for example in sorted(examples_named(story)):
        if EXAMPLES + example not in stories:
            yield error("scenario_example_missing", example=example[:120])


def read_story(content: bytes) -> Any:
    """Raises YAMLError; anchors are refused, since a few lines of them can unfold to millions."""
    text = content.decode("utf-8", "replace")
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="alias", problem_mark=event.start_mark)
    return yaml.CSafeLoader(text).get_single_data()


def examples_named(value: Any, *, depth: int = 0) -> set[str]:
    """File names of the examples that a story takes answers or clauses from."""
    if depth > MAX_NESTING:
        return set()
    if isinstance(value, list):
        return {name for item in value for name in examples_named(item, depth=depth + 1)}
    if not isinstance(value, Mapping):
        return set()
    found = {name for item in value.values() for name in examples_named(item, depth=depth + 1)}
    if isinstance(named := value.get("answers_from"), str):
        found.add(f"{named.removesuffix('.json')}.json")
    if isinstance(named := value.get("negotiate"), str):
        found.add(f"{named}.context.json")
    return found


def _unreadable_example(content: bytes) -> Iterator[LintProblem]:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        yield error("example_unreadable")

"""Scenarios in the repository's folders with the examples that they name, as files beside a bundle."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from engine.definitions.story_check import EXAMPLES, SCENARIOS, examples_named, read_story

ROOT = Path(__file__).parents[2]


def story_files(process: str, *, root: Path = ROOT) -> dict[str, bytes]:
    """`bpmn/<process>/scenarios/` and what they name of `forms/<process>/examples/`; nothing without the folder."""
    if not process.isidentifier():
        return {}
    folder = root / "bpmn" / process / "scenarios"
    found = {SCENARIOS + path.name: path.read_bytes() for path in sorted(folder.glob("*.yml"))}
    own = folder.parent / "examples"
    examples = own if own.is_dir() else root / "forms" / process / "examples"
    named = sorted({name for content in found.values() for name in _named(content)})
    return found | {EXAMPLES + name: (examples / name).read_bytes() for name in named if (examples / name).is_file()}


def with_stories(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files of a process folder with the stories that lie in it."""
    place = folder.resolve()
    return {**files, **story_files(place.name, root=place.parent.parent)}


def _named(content: bytes) -> set[str]:
    try:
        return {name for name in examples_named(read_story(content)) if "/" not in name}
    except yaml.YAMLError:
        return set()

"""The stories of a process: those that were brought with it, or those that come with this repository."""

from collections.abc import Mapping
from pathlib import Path

from engine.definitions.places import stories
from engine.definitions.story_check import EXAMPLES
from playing.scenario_file import Scenario, scenarios
from seeds.seeding import PROCESSES


def stories_of(process: str, brought: Path | None = None) -> tuple[Scenario, ...]:
    """In order of their names; `brought` is a folder in which `bring_stories` put some."""
    own = brought / Path(process).name if brought is not None else None
    folder = own if own is not None and own.is_dir() else PROCESSES / Path(process).name
    return tuple(scenarios(folder))


def bring_stories(folder: Path, process: str, files: Mapping[str, bytes]) -> None:
    """The scenarios and examples of a bundle, as files of a process folder; nothing where it has none."""
    found = stories(files)
    for path, content in found.items():
        place = folder / process / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    if found:
        (folder / process / EXAMPLES).mkdir(parents=True, exist_ok=True)

"""Where a bundle keeps a file, by its ending; and what stands beside a bundle without being run."""

from collections.abc import Mapping

PLACES = {".bpmn": "", ".dmn": "", ".form": "forms/", ".yml": "rules/"}
# Scenarios are played at every publication; the examples are answers that they name.
STORY_PLACES = {".yml": "scenarios/", ".json": "examples/"}


def is_running(path: str) -> bool:
    """Whether this is the place of a file that a deployment executes."""
    return _stands_in(path, PLACES)


def is_story(path: str) -> bool:
    return path.startswith(tuple(STORY_PLACES.values()))


def is_placed(path: str) -> bool:
    return _stands_in(path, STORY_PLACES if is_story(path) else PLACES)


def runs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if not is_story(path)}


def stories(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if is_story(path)}


def _stands_in(path: str, places: Mapping[str, str]) -> bool:
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :] if "." in name[1:] else ""
    plain = name.isprintable() and not name.startswith(".") and "\\" not in name and len(name) <= 120
    return ending in places and path == places[ending] + name and plain

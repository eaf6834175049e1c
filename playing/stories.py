"""The stories of a process that come with this repository."""

from pathlib import Path

from playing.scenario_file import Scenario, scenarios
from seeds.seeding import PROCESSES


def stories_of(process: str) -> tuple[Scenario, ...]:
    """In order of their names; a process that does not come from here has none."""
    folder = PROCESSES / Path(process).name
    return tuple(scenarios(folder))

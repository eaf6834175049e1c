"""`tongban play PATH`: plays the scenarios of a process, straight and with a restart between all steps."""

import tempfile
import time
from pathlib import Path

import click

from playing.expectations import ScenarioFailed
from playing.player import Player
from playing.scenario_file import Scenario, scenarios


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--only", help="Play the scenarios whose name contains this.", default="")
def play(folder: Path, only: str) -> None:
    """Play the scenarios of a process FOLDER on an empty database of their own."""
    stories = [story for story in scenarios(folder) if only in story.name]
    if not stories:
        raise click.ClickException(f"no scenarios in {folder / 'scenarios'}")
    failures = 0
    with tempfile.TemporaryDirectory(prefix="tongban-play-") as place:
        for number, story in enumerate(stories):
            for restores in (False, True):
                failures += not _play(story, Path(place) / f"{number}-{restores}", folder=folder, restores=restores)
    if failures:
        raise click.ClickException(f"{failures} of {2 * len(stories)} went another way")


def _play(story: Scenario, place: Path, *, folder: Path, restores: bool) -> bool:
    from playing.playground import open_playground

    began = time.perf_counter()
    way = "restarting between steps" if restores else "straight"
    try:
        with Player(open_playground(place, folder), restores=restores) as player:
            player.play(story)
    except ScenarioFailed as failure:
        click.echo(f"✗ {story.name} ({way}): {failure}")
        return False
    click.echo(f"✓ {story.name} ({way}), {time.perf_counter() - began:.1f} s")
    return True

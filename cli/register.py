"""`tongban register FILE`: the first organisations and people of a real installation."""

from pathlib import Path
from typing import Any

import click
import yaml


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Their first password.")
def register(file: Path, password: str) -> None:
    """Enter the organisations and people of a YAML FILE; who is known already stays as they are."""
    from cli.system import opened_engine
    from engine.actor import SYSTEM
    from engine.errors import EngineError
    from texts import sentence

    try:
        with opened_engine() as engine:
            new = engine.run(_command(yaml.safe_load(file.read_text("utf-8")), password), actor=SYSTEM)
    except EngineError as error:
        places = ", ".join(problem.path for problem in error.problems)
        raise click.ClickException(f"{sentence('errors', error.code)} {places}") from error
    click.echo(f"{new} new people.")


def _command(content: Any, password: str) -> Any:
    """Raises ClickException for an entry with missing or unknown words."""
    from engine.commands.register_people import Enrolment, OrganisationEntry, PersonEntry, RegisterPeople

    try:
        entries = [*content.get("organisations", []), *content.get("enterprises", [])]
        organisations = tuple(OrganisationEntry(**entry) for entry in entries)
        people = tuple(
            PersonEntry(
                username=entry["username"],
                name=entry["name"],
                enrolments=tuple(Enrolment(**enrolment) for enrolment in entry.get("groups", [])),
                organisation=entry.get("organisation"),
            )
            for entry in content.get("people", [])
        )
    except (AttributeError, KeyError, TypeError) as wrong:
        raise click.ClickException(f"the file cannot be read: {wrong}") from wrong
    return RegisterPeople(organisations=organisations, people=people, password=password)

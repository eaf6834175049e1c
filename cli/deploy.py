"""`tongban deploy PATH`: checks a process folder and makes it the newest version."""

from pathlib import Path

import click

from texts import sentence


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--comment", default="", help="What changed, for the list of versions.")
def deploy(folder: Path, comment: str) -> None:
    """Check the process in FOLDER with its forms, tables and rules, and deploy it."""
    from cli.system import opened_engine
    from engine.actor import SYSTEM
    from engine.commands.deploy import Deploy
    from engine.definitions.catalogue_sources import bundle_files
    from engine.definitions.story_sources import with_stories

    with opened_engine() as engine:
        report = engine.run(Deploy(files=with_stories(bundle_files(folder), folder), comment=comment), actor=SYSTEM)
    for problem in report.problems:
        place = f"{problem.element_id or '-'}:{problem.line or '-'}"
        message = sentence("lint", problem.code, "zh", "message", **problem.params)
        click.echo(f"{problem.severity} {problem.code} {place} {message}")
    if not report.deployable:
        raise click.ClickException(f"{folder} was not deployed")
    click.echo(f"{report.bundle.process_key} is deployed ({report.bundle.content_hash[:12]}).")

"""`tongban ballot verify`: a published ballot, counted again without a database or a network."""

import sys
from pathlib import Path

import click


@click.group()
def ballot() -> None:
    """Look at a published ballot."""


@ballot.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Count the board FILE again and name the first paper that was changed, dropped, added or moved.

    Exit code 0 when everything agrees, 1 when not. Whose key signed the board must be compared with the fingerprint
    that the authority publishes.
    """
    from engine.ballots.verify import verify_board

    report = verify_board(file.read_bytes())
    click.echo(report.text(), nl=False)
    sys.exit(0 if report.ok else 1)

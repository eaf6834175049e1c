"""`tongban verify`: an evidence bundle, checked without a database or a network."""

import sys

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def verify(file: str) -> None:
    """Check the evidence bundle FILE and name the first entry that was changed, dropped, added or moved.

    Exit code 0 when everything agrees, 1 when not. Signatures are checked too; whose key it is must be compared with
    the fingerprint that the authority publishes.
    """
    from engine.audit import report, verify_evidence

    verdict = verify_evidence(file)
    click.echo(report(verdict), nl=False)
    sys.exit(0 if verdict.ok else 1)

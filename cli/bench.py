"""`tongban bench NAME`: figures, their floor of the same run, and the ratio."""

import json
import logging

import click

import bench as benchmarks


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(benchmarks.NAMES))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")
@click.option("--scale", default=1.0, show_default=True, help="Below 1 for a shorter run.")
def bench(names: tuple[str, ...], as_json: bool, scale: float) -> None:
    """Measure the engine (all benchmarks by default); progress goes to standard error."""
    logging.disable(logging.WARNING)
    for name in names or benchmarks.NAMES:
        result = benchmarks.measure(name, scale=scale)
        if as_json:
            click.echo(json.dumps(result, ensure_ascii=False))
        else:
            _print(result)


def _print(result: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=str(result["bench"]), show_header=False)
    for key, value in _flat("", result):
        if key != "bench":
            table.add_row(key, str(value))
    Console().print(table)


def _flat(prefix: str, value: object) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        return [(prefix, value)]
    return [pair for key, part in value.items() for pair in _flat(f"{prefix} {key}".strip(), part)]

"""`tongban feel`: try an expression."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import click

from engine.feel import FeelEvaluationError, FeelSyntaxError, compile_expression, strip_equals, to_json

_ZONE = ZoneInfo("Asia/Shanghai")


@click.command("feel")
@click.argument("expression")
@click.option("--input", "variables", default="{}", metavar="JSON", help="The variables, as a JSON object.")
def feel(expression: str, variables: str) -> None:
    """Evaluate a FEEL expression and print the result as JSON."""
    given = _variables(variables)
    now = datetime.now(_ZONE)
    context = {"今天": now.date(), "现在": now, **given}
    try:
        compiled = compile_expression(strip_equals(expression), names=frozenset(_names(given)))
        for mistake in compiled.mistakes(context.keys()):
            click.echo(mistake.text("zh"), err=True)
        result = to_json(compiled.evaluate(context))
    except (FeelSyntaxError, FeelEvaluationError) as error:
        _fail(error.text("zh"))
    click.echo(dumps(result))


def _variables(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        _fail("--input 应为 JSON 对象，例如 '{\"金额\": 1000}'。")
    return given


def _fail(message: str) -> None:
    click.echo(dumps({"error": message}))
    raise SystemExit(1)


def _names(value: object) -> Iterator[str]:
    """The keys of a JSON value at every level, so that names with spaces are recognised."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _names(item)


def dumps(value: object) -> str:
    """JSON text with every digit of a Decimal, which the standard library cannot write."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {dumps(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

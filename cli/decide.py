"""`tongban decide`: try a decision."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from cli.feel import dumps
from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.file_reading import read_decisions
from engine.definitions.lint_problem import LintProblem
from engine.definitions.safe_parse import read_xml
from engine.errors import DefinitionError
from engine.feel import FeelEvaluationError, to_json
from texts import sentence

_ZONE = ZoneInfo("Asia/Shanghai")


@click.command("decide")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", "name", help="Id or name of the decision; else the one that no other needs.")
@click.option("--input", "variables", default="{}", metavar="JSON", help="The variables, as a JSON object.")
def decide(file: Path, name: str | None, variables: str) -> None:
    """Evaluate a decision with all that it needs and print the result as JSON."""
    decision = _chosen(_decisions(file), name)
    now = datetime.now(_ZONE)
    try:
        result = decision.evaluate({"今天": now.date(), "现在": now, **_variables(variables)})
    except FeelEvaluationError as wrong:
        _fail(wrong.text("zh"))
    except DefinitionError as wrong:
        _fail(sentence("errors", wrong.code, "zh", **{key: _shown(value) for key, value in wrong.details.items()}))
    click.echo(dumps(to_json(result)))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else dumps(to_json(value))


def _decisions(file: Path) -> tuple[Decision, ...]:
    inspected = read_xml({"table.dmn": file.read_bytes()})["table.dmn"]
    _stop_on_errors(inspected.problems)
    read = read_decisions(inspected.xml or b"", origins=inspected.origins)
    _stop_on_errors(read.problems)
    return read.decisions


def _stop_on_errors(problems: Iterable[LintProblem]) -> None:
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        _fail(" ".join(problem.text("zh") for problem in errors[:5]))


def _chosen(decisions: tuple[Decision, ...], name: str | None) -> Decision:
    needed = {inner.id for decision in decisions for inner in decision.requires}
    names = {decision.id: (decision.id, decision.name, decision.variable) for decision in decisions}
    fitting = [d for d in decisions if (d.id not in needed if name is None else name in names[d.id])]
    if len(fitting) != 1:
        known = "、".join(decision.id for decision in decisions)
        _fail(f"请用 --decision 指定一个决策，文件中有：{known}。")
    return fitting[0]


def _variables(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        _fail("--input 应为 JSON 对象，例如 '{\"工龄\": 12}'。")
    return given


def _fail(message: str) -> NoReturn:
    click.echo(dumps({"error": message}))
    raise SystemExit(1)

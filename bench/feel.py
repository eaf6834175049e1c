"""A gateway condition and a decision table of 50 rows in FEEL, against the same written in Python."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from bench.measuring import cpu_ms, progress, ratio
from engine.definitions.decisions.file_reading import read_decisions
from engine.feel import compile_expression

CONDITION = '同意人数 * 2 > 应到人数 and 单位 in ("总工会", "人社局") and 金额 >= 规定最低'
CONTEXT = {
    "同意人数": Decimal(121),
    "应到人数": Decimal(210),
    "单位": "总工会",
    "金额": Decimal("2490.50"),
    "规定最低": Decimal(2490),
}
ROWS = 50
TIMES = 20_000


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    times = max(1_000, round(TIMES * scale))
    condition = compile_expression(CONDITION)
    numbers = count()  # a text that was compiled before comes from the cache
    compiling = _each(
        lambda: compile_expression(f"{CONDITION} or 金额 = {next(numbers)}"), max(50, times // 100), "compile"
    )
    evaluating = _each(lambda: condition.evaluate(CONTEXT), times, "condition")
    python = _each(lambda: _in_python(CONTEXT), times, "in Python")
    table, plain = _table(times // 20)
    return {
        "times": times,
        "compile_us": compiling,
        "condition_us": evaluating,
        "table_50_rows_us": table,
        "floor": {"what": "the same in Python", "condition_us": python, "table_50_rows_us": plain},
        "ratio": ratio(evaluating, python),
        "table_ratio": ratio(table, plain),
        "goal": {"condition_us": 20, "table_50_rows_us": 1000},
    }


def _each(act: Callable[[], Any], times: int, what: str) -> float:
    """CPU microseconds of one call, the best of five rounds."""
    act()
    rounds = [cpu_ms(lambda: [act() for _ in range(times)]) for _ in progress(range(5), what)]
    return round(min(rounds) * 1000 / times, 2)


def _in_python(c: dict[str, Any]) -> bool:
    return c["同意人数"] * 2 > c["应到人数"] and c["单位"] in ("总工会", "人社局") and c["金额"] >= c["规定最低"]


def _table(times: int) -> tuple[float, float]:
    (decision,) = read_decisions(_dmn().encode()).decisions
    context = {"level": Decimal(ROWS - 1), "kind": "技师"}
    rows = [(Decimal(n), "技师", n * 100) for n in range(ROWS)]
    ours = _each(lambda: decision.evaluate(context), times, "decision table")
    plain = _each(
        lambda: [out for n, k, out in rows if context["level"] == n and context["kind"] == k], times, "in Python"
    )
    return ours, plain


def _dmn() -> str:
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{n}</text></inputEntry>'
        f'<inputEntry id="k{n}"><text>"技师"</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>{n * 100}</text></outputEntry></rule>'
        for n in range(ROWS)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="bench" namespace="bench">'
        '<decision id="allowance" name="allowance"><decisionTable id="t" hitPolicy="UNIQUE">'
        '<input id="a"><inputExpression id="ae" typeRef="number"><text>level</text></inputExpression></input>'
        '<input id="b"><inputExpression id="be" typeRef="string"><text>kind</text></inputExpression></input>'
        f'<output id="o" name="amount" typeRef="number"/>{rules}</decisionTable></decision></definitions>'
    )

"""`tongban feel` on the command line."""

import json

import pytest
from click.testing import CliRunner

from cli.feel import feel


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(feel, arguments)
    return result.exit_code, result.output.strip()


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["0.1 + 0.2"], "0.3"),
        (["= 金额 * 1.10", "--input", '{"金额": 0.1}'], "0.110"),
        (["1 / 3"], "0.3333333333333333333333333333333333"),
        (["n", "--input", '{"n": 12345678901234567890.01}'], "12345678901234567890.01"),
        (['{日: @"2026-11-23" + @"P1M", 期: @"PT36H"}'], '{"日": "2026-12-23", "期": "P1DT12H"}'),
        (["年 收入 + 1", "--input", '{"年 收入": 1}'], "2"),
        (["case.full name", "--input", '{"case": {"full name": "甲"}}'], '"甲"'),
        (["null"], "null"),
        (["[true, [1.50]]"], "[true, [1.50]]"),
        (["now()", "--input", '{"现在": "2026-01-01T00:00:00Z"}'], '"2026-01-01T00:00:00Z"'),
    ],
)
def test_the_result_is_printed_as_json(arguments: list[str], output: str) -> None:
    assert run(*arguments) == (0, output)
    json.loads(output)


@pytest.mark.parametrize("arguments", [["1 +"], ["assert(1, false)"], ["1", "--input", "[1]"], ["1", "--input", "{"]])
def test_an_error_is_printed_as_json_with_exit_code_one(arguments: list[str]) -> None:
    code, output = run(*arguments)

    assert code == 1
    assert list(json.loads(output)) == ["error"]


def test_today_is_given_by_the_command_line() -> None:
    assert run("today() = 今天 and today() instance of date") == (0, "true")


def test_what_is_probably_a_mistake_is_told_beside_the_result() -> None:
    result = CliRunner().invoke(feel, ["cuont(名单)", "--input", '{"名单": [1]}'])

    assert (result.exit_code, result.stdout.strip()) == (0, "null")
    assert "是不是想写 count" in result.stderr

"""`tongban decide`: the result as JSON with exact numbers, an error as JSON with exit 1."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.engine.definitions.tables import decision_file, model, table

SAMPLE = Path(__file__).parents[1] / "engine" / "definitions" / "samples" / "skill_allowance.dmn"


def decide(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["decide", str(file), *options])


def test_the_result_is_json_with_every_digit() -> None:
    result = decide(SAMPLE, "--decision", "allowance", "--input", '{"level": "中级工", "years": 3}')

    assert result.exit_code == 0, result.output
    assert json.loads(result.output, parse_float=Decimal) == {"amount": Decimal("200.10"), "note": "起步"}


def test_a_decision_may_be_chosen_by_its_name() -> None:
    assert decide(SAMPLE, "--decision", "技能津贴", "--input", '{"level": "中级工", "years": 3}').exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--input", '{"level": "高级工", "years": 30}'], "[2, 3]"),
        (["--input", '{"level": "高级工", "years": 1}'], "高级工"),
        (["--input", '{"level": "技师", "years": 1}'], "等级"),
        (["--input", "nonsense"], "--input"),
        (["--decision", "other"], "allowance"),
    ],
)
def test_an_error_is_json_with_exit_1(options: list[str], said: str) -> None:
    result = decide(SAMPLE, *options)

    assert result.exit_code == 1
    assert said in json.loads(result.output)["error"]


def test_dates_come_out_as_iso_texts(tmp_path: Path) -> None:
    file = tmp_path / "t.dmn"
    file.write_bytes(decision_file(table(("", 'date("2026-11-23") + duration("P1D")'))))

    assert json.loads(decide(file, "--input", '{"x": 1}').output) == "2026-11-24"


GRAPH = model(
    '<decision id="base" name="津贴"><literalExpression><text>level * 100</text></literalExpression></decision>'
    '<decision id="top" name="合计"><informationRequirement><requiredDecision href="#base"/></informationRequirement>'
    "<literalExpression><text>津贴 + 3000</text></literalExpression></decision>"
)


@pytest.mark.parametrize(
    ("options", "printed"), [([], 3200), (["--decision", "base"], 200), (["--decision", "合计"], 3200)]
)
def test_of_a_graph_the_decision_is_asked_that_no_other_needs(tmp_path: Path, options: list[str], printed: int) -> None:
    file = tmp_path / "t.dmn"
    file.write_bytes(GRAPH)

    assert json.loads(decide(file, *options, "--input", '{"level": 2}').output) == printed


@pytest.mark.parametrize("content", [b"not XML", decision_file(table(("> >", "1"))), b"<!DOCTYPE x><x/>"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.dmn"
    file.write_bytes(content)

    result = decide(file)

    assert result.exit_code == 1
    assert json.loads(result.output)["error"]

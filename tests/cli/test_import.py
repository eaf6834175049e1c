"""`tongban import` as a designer uses it in a terminal."""

import json
from pathlib import Path

from click.testing import CliRunner

from cli import main

SAMPLES = Path(__file__).parents[1] / "engine" / "definitions" / "importing" / "samples"


def test_gaps_are_printed_and_the_draft_is_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["import", str(SAMPLES / "camunda8.bpmn"), "-o", str(tmp_path / "new"), "--language", "en"]
    )

    assert result.exit_code == 0, result.output
    assert "7:call: warning extension_left_out" in result.output
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == [
        "new/check.bpmn",
        "new/forms/Form_ok.form",
    ]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "check.bpmn").write_text("mine")

    result = CliRunner().invoke(main, ["import", str(SAMPLES / "camunda8.bpmn"), "-o", str(tmp_path)])

    assert result.exit_code == 1
    assert (tmp_path / "check.bpmn").read_text() == "mine"


def test_a_refused_file_ends_with_one(tmp_path: Path) -> None:
    (tmp_path / "x.bpmn").write_bytes(b"not XML")

    result = CliRunner().invoke(main, ["import", str(tmp_path / "x.bpmn"), "--json"])

    told = json.loads(result.output)
    assert result.exit_code == 1
    assert told["draft"] is None
    assert [problem["code"] for problem in told["problems"]] == ["not_well_formed"]

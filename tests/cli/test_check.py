"""`tongban check` as a designer uses it in a terminal."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from tests.engine.definitions.diagrams import END, START, diagram, flow, straight, user_task


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bpmn" / "leave").mkdir(parents=True)
    return tmp_path / "bpmn" / "leave"


def test_a_good_folder_ends_with_zero(folder: Path) -> None:
    source = straight(user_task("t")).decode()
    (folder / "leave.bpmn").write_text(re.sub(r"\bunion\b", "hrss_reviewer", source), "utf-8")

    result = CliRunner().invoke(main, ["check", str(folder)])

    assert result.exit_code == 0, result.output
    assert "可以部署" in result.output


def test_problems_are_printed_with_place_sentence_reason_and_fix(folder: Path) -> None:
    (folder / "leave.bpmn").write_bytes(diagram(START, END, flow("start", "nowhere")))

    result = CliRunner().invoke(main, ["check", str(folder), "--language", "en"])

    assert result.exit_code == 1
    assert "leave.bpmn:4:start_to_nowhere: error reference_unresolved" in result.output
    assert "? A case moves along the flows." in result.output
    assert "→ Connect or choose again." in result.output


def test_one_diagram_is_checked_with_the_files_beside_it(folder: Path) -> None:
    (folder / "leave.bpmn").write_bytes(b"not XML")
    (folder / "other.bpmn").write_bytes(straight(user_task("t")))

    result = CliRunner().invoke(main, ["check", str(folder / "leave.bpmn"), "--json"])

    told = json.loads(result.output)
    assert result.exit_code == 1
    assert told["deployable"] is False
    assert [(p["code"], p["line"], p["path"]) for p in told["problems"]] == [("not_well_formed", 1, "leave.bpmn")]

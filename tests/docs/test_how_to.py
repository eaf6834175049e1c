"""Every `tongban` line of the how-to pages really runs."""

import re
import shlex

import pytest
from click.testing import CliRunner

from cli import main
from tests.architecture.source_tree import ROOT

PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINES = sorted(
    {
        line
        for page in PAGES
        for block in SHELL.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.startswith("tongban ")
    }
)


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_how_to_runs(line: str, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)

    result = CliRunner().invoke(main, shlex.split(line)[1:])

    assert result.exit_code == 0, result.output


def test_the_pages_show_lines_that_run() -> None:
    assert any("play" in line for line in LINES)
    assert any("check" in line for line in LINES)


def test_the_scenario_on_the_page_is_that_of_the_file() -> None:
    page = (ROOT / "docs/how-to/add-a-process.md").read_text("utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    written = (ROOT / "docs/how-to/improvement_suggestion/scenarios/carried_out.yml").read_text("utf-8")

    assert [line for line in shown.splitlines() if line not in written.splitlines()] == []

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import COMMANDS, main
from tests.architecture.source_tree import ROOT


@pytest.fixture
def in_an_empty_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TONGBAN_DATABASE_URL", f"sqlite:///{tmp_path}/city.db")
    monkeypatch.setenv("TONGBAN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("TONGBAN_DEMO", raising=False)
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1, result.output
    return result.output


def test_help_lists_every_command_without_importing_it() -> None:
    sys.modules.pop("cli.case", None)

    listed = run("--help")

    assert all(name in listed for name in COMMANDS)
    assert "cli.case" not in sys.modules


def test_an_empty_database_becomes_a_demo(in_an_empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    refusal = refused("demo")
    monkeypatch.setenv("TONGBAN_DEMO", "1")

    first, second = run("demo", "--vote"), run("demo", "--if-empty", "--vote")

    assert "TONGBAN_DEMO=1" in refusal
    assert "wage_consultation is deployed" in first
    assert "rep1…rep40 vote" in first
    assert second.startswith("0 new people")


def test_a_process_is_deployed_and_shown(in_an_empty_place: Path) -> None:
    run("migrate")

    deployed = run("deploy", str(ROOT / "docs/how-to/improvement_suggestion"))

    assert "improvement_suggestion is deployed" in deployed


def test_a_process_that_is_wrong_is_not_deployed(in_an_empty_place: Path) -> None:
    run("migrate")
    (in_an_empty_place / "wrong.bpmn").write_text("<definitions/>", "utf-8")

    told = refused("deploy", str(in_an_empty_place))

    assert "was not deployed" in told


PEOPLE = """
enterprises: [{name: 永康市某某有限公司, uscc: 91330784MA2EXAMP1C, town: 古山镇}]
people: [{username: li, name: 李卫国, groups: [{group: %s, enterprise: 永康市某某有限公司}]}]
"""


def test_people_are_registered_from_a_file(in_an_empty_place: Path) -> None:
    run("migrate")
    file = in_an_empty_place / "people.yml"
    file.write_text(PEOPLE % "enterprise_union_officer", "utf-8")

    assert "1 new people" in run("register", str(file), "--password", "first")
    assert "0 new people" in run("register", str(file), "--password", "first")


@pytest.mark.parametrize("content", [PEOPLE % "kings", "people: [{name: 无用户名}]", "just words"])
def test_a_file_of_people_that_is_wrong_is_refused(in_an_empty_place: Path, content: str) -> None:
    run("migrate")
    file = in_an_empty_place / "people.yml"
    file.write_text(content, "utf-8")

    assert refused("register", str(file), "--password", "first").startswith("Error: ")


def test_a_case_that_does_not_exist_is_not_found(in_an_empty_place: Path) -> None:
    run("migrate")

    assert "没有" in refused("case", "show", "XXS-2026-00001")


def test_playing_a_folder_without_scenarios_says_so(tmp_path: Path) -> None:
    assert "no scenarios" in refused("play", str(tmp_path))


def test_a_worker_needs_a_broker(in_an_empty_place: Path) -> None:
    assert "TONGBAN_BROKER_URL" in refused("worker")


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main, ["dance"]).exit_code == 2

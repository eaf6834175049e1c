"""What the documents promise is there, and nothing of the machine that it was written on."""

import re
import subprocess
import sys
from dataclasses import fields

import pytest

from cli import COMMANDS, main
from settings import Settings
from tests.architecture.source_tree import ROOT, project_files

MARKDOWN = [path for path in project_files() if path.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
TEXT_SUFFIXES = {".py", ".md", ".toml", ".yml", ".yaml", ".json", ".txt", ".in", ".html", ".css", ".ts", ".js", ".sh"}


def test_every_make_target_has_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    inner = {"client", "translations", "system"}

    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - inner
    with_help = set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE))

    assert targets == with_help


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")

    missing = [f.name for f in fields(Settings) if f"`TONGBAN_{f.name.upper()}`" not in page]

    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_exists_and_explains_itself(name: str) -> None:
    command = main.get_command(None, name)

    assert command is not None
    assert command.help


def test_pages_made_from_the_code_are_current() -> None:
    ran = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", MARKDOWN, ids=str)
def test_links_between_documents_lead_somewhere(path) -> None:
    text = (ROOT / path).read_text("utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", text)]

    assert [t for t in targets if t and not (ROOT / path).parent.joinpath(t).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_record_has_all_its_parts(path) -> None:
    text = path.read_text("utf-8")

    for part in ("Context", "Options", "Decision", "Consequences", "How a test confirms it"):
        assert f"## {part}\n" in text, part


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_the_tests_that_a_decision_names_exist(path) -> None:
    confirmed_by = path.read_text("utf-8").split("## How a test confirms it\n")[1]
    named = re.findall(r"`((?:tests|bench)/[\w/]+(?:\.py|/)?)`", confirmed_by)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_no_file_names_the_machine_it_was_written_on_or_a_registry() -> None:
    folders = [f"/{name}/" for name in ("work", "root", "home")]
    hosts = ["python" + "hosted.org", "npmjs" + ".org", "pypi" + ".org/simple", "deb." + "debian.org"]
    places = re.compile(
        r"(^|[^A-Za-z0-9_.\-/])(" + "|".join(folders) + ")|" + "|".join(map(re.escape, hosts)), re.MULTILINE
    )

    found = [
        str(path)
        for path in project_files()
        if path.suffix in TEXT_SUFFIXES or path.name in {"Makefile", "run", ".npmrc"}
        if places.search((ROOT / path).read_text("utf-8"))
    ]

    assert found == []


def test_nothing_built_is_kept_in_git() -> None:
    built = [
        str(p)
        for p in project_files()
        if {"node_modules", "dist", ".venv", "build"} & set(p.parts) or p.suffix == ".mo"
    ]

    assert built == []


def test_the_test_lock_pins_what_the_runtime_lock_pins() -> None:
    pins = {
        name: set(re.findall(r"^([\w.\-]+==[^ \\]+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE))
        for name in ("runtime", "test")
    }

    assert pins["runtime"] <= pins["test"]

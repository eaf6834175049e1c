"""A command is a verb with a one-sentence manual and a test module."""

import ast
import re

import pytest

from tests.architecture.source_tree import ROOT, classes, python_files

COMMANDS = [path for path in python_files("engine") if "commands" in path.parts and path.stem != "__init__"]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _commands(path) -> list[ast.ClassDef]:
    return [node for node in classes(path) if any("Command" in ast.unparse(base) for base in node.bases)]


@pytest.mark.parametrize("path", COMMANDS, ids=str)
def test_every_command_has_a_test_module(path) -> None:
    assert (ROOT / "tests" / path.parent / f"test_{path.name}").exists()


@pytest.mark.parametrize("path", COMMANDS, ids=str)
def test_a_command_says_in_one_sentence_what_it_does(path) -> None:
    for command in _commands(path):
        sentence = (ast.get_docstring(command) or "").split("\n\n")[0]
        assert sentence.endswith("."), command.name


@pytest.mark.parametrize("path", COMMANDS, ids=str)
def test_a_command_lives_in_the_file_of_its_name(path) -> None:
    names = [_snake(command.name) for command in _commands(path)]

    assert path.stem in names or not names

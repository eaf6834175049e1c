"""A name says what a thing does; these words say nothing."""

import ast
import re

from tests.architecture.source_tree import PACKAGES, classes, project_files, python_files

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "base", "info"}
EMPTY_ENDINGS = re.compile(r"(Manager|Handler|Processor|Helper|Util|Utils|Info|Common)$")


def test_no_folder_or_module_has_an_empty_name() -> None:
    sources = [f for f in project_files() if f.parts[0] in {*PACKAGES, "tests", "tools"} and f.suffix in {".py", ".ts"}]

    empty = [str(f) for f in sources if EMPTY_WORDS & {*f.parts[:-1], f.name.split(".")[0]}]

    assert empty == []


def test_no_class_has_an_empty_name() -> None:
    empty = [
        f"{path}:{node.lineno} {node.name}"
        for path in python_files(*PACKAGES)
        for node in classes(path)
        if EMPTY_ENDINGS.search(node.name)
    ]

    assert empty == []


def test_nothing_is_left_to_do_without_an_issue() -> None:
    open_ends = re.compile(r"#\s*(TODO|FIXME|XXX)(?!\s*\(#\d+\))")
    found = [
        f"{path}:{number}"
        for path in python_files(*PACKAGES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if open_ends.search(line)
    ]

    assert found == []


def test_edges_of_the_engine_are_called_with_names() -> None:
    """Public functions of the engine with more than two arguments take the rest by keyword."""
    positional = [
        f"{path}:{node.lineno} {node.name}"
        for path in python_files("engine")
        for node in ast.iter_child_nodes(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and len(node.args.args) > 4
    ]

    assert positional == []

"""Not the average rots but the tail: these tests watch the longest file and the longest function."""

import ast
from pathlib import Path

from tests.architecture.source_tree import (
    PACKAGES,
    ROOT,
    Function,
    functions,
    length,
    project_files,
    python_files,
)

FILE, TEST_FILE, FUNCTION, ROUTE, EXECUTE, ARGUMENTS = 300, 400, 40, 15, 30, 7
CLIENT_SUFFIXES = {".ts", ".js", ".css", ".html"}
ROUTE_METHODS = {"get", "post", "put", "patch", "delete", "route"}


def _lines(path: Path) -> int:
    return (ROOT / path).read_text("utf-8").count("\n")


def _is_route(function: Function) -> bool:
    calls = [d for d in function.decorator_list if isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute)]
    return any(call.func.attr in ROUTE_METHODS for call in calls if isinstance(call.func, ast.Attribute))


def test_no_source_file_is_longer_than_its_limit() -> None:
    sources = [f for f in python_files() if f.parts[0] not in {"tests", "migrations"}]
    client = [f for f in project_files() if f.parts[0] == "web" and f.suffix in CLIENT_SUFFIXES]

    assert [f"{f}: {_lines(f)}" for f in [*sources, *client] if _lines(f) > FILE] == []


def test_no_test_file_is_longer_than_its_limit() -> None:
    assert [f"{f}: {_lines(f)}" for f in python_files("tests") if _lines(f) > TEST_FILE] == []


def test_no_function_is_longer_than_its_limit() -> None:
    long = [
        f"{path}:{function.lineno} {function.name}: {length(function)}"
        for path in python_files()
        if "versions" not in path.parts
        for function in functions(path)
        if length(function) > FUNCTION
    ]

    assert long == []


def test_a_route_only_translates() -> None:
    long = [
        f"{path}:{function.lineno} {function.name}: {len(function.body)}"
        for path in python_files("api", "web")
        for function in functions(path)
        if _is_route(function) and length(function) > ROUTE
    ]

    assert long == []


def test_a_command_reads_like_a_checklist() -> None:
    long = [
        f"{path}:{function.lineno}: {length(function)}"
        for path in python_files("engine")
        if "commands" in path.parts
        for function in functions(path)
        if function.name == "execute" and length(function) > EXECUTE
    ]

    assert long == []


def test_no_function_takes_too_many_arguments() -> None:
    many = []
    for path in python_files(*PACKAGES):
        for function in functions(path):
            names = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            if len([a for a in names if a.arg not in {"self", "cls"}]) > ARGUMENTS:
                many.append(f"{path}:{function.lineno} {function.name}")

    assert many == []

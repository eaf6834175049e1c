"""One command, one transaction: nobody but the engine's door begins or ends one."""

import ast

from tests.architecture.source_tree import python_files, tree

# Casting a secret vote is no command: it has a door of its own (decision 0006).
DOORS = {"engine/engine.py", "engine/database.py", "engine/ballots/casting.py"}
ENDINGS = {"commit", "rollback", "begin"}  # a savepoint ends nothing


def _calls(path) -> list[ast.Call]:
    return [
        node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def test_nobody_commits_but_the_door() -> None:
    found = [
        f"{path}:{call.lineno} {call.func.attr}"
        for path in python_files("engine", "services", "api", "web", "cli")
        if str(path) not in DOORS
        for call in _calls(path)
        if call.func.attr in ENDINGS
    ]

    assert found == []


def test_a_command_asks_no_clock() -> None:
    """Time is `work.now`: the same for the whole command, and movable in training and tests."""
    found = [
        f"{path}:{call.lineno}"
        for path in python_files("engine", "services")
        if {"commands", "model", "services", "spiff", "feel", "calendar"} & set(path.parts)
        for call in _calls(path)
        if call.func.attr in {"now", "utcnow", "today"} and ast.unparse(call.func.value) in {"datetime", "date"}
    ]

    assert found == []


def test_nothing_leaves_the_building_inside_a_command() -> None:
    networks = {"requests", "httpx", "urllib", "socket", "smtplib", "http"}
    found = []
    for path in python_files("engine", "services"):
        if path.parts[:2] == ("engine", "outbox"):
            continue
        for node in ast.walk(tree(path)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path}: {name}" for name in names if name.split(".")[0] in networks]

    assert found == []

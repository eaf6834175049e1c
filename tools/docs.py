"""Writes the pages of docs/reference/ that come from the code; with --check only says which are out of date."""

import ast
import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "reference"
KINDS = ("NotFound", "NotAllowed", "Conflict", "Rejected", "DefinitionError")
PACKAGES = ("engine", "papermaking", "printing", "services", "api", "web")
sys.path.insert(0, str(ROOT))


def pages() -> dict[str, str]:
    from tools.feel_pages import feel_differences, feel_functions

    return {
        "errors.md": errors_page(),
        "commands.md": commands_page(),
        "terminal.md": terminal_page(),
        "feel-differences.md": feel_differences(ROOT),
        "feel-functions.md": feel_functions(ROOT),
    }


def errors_page() -> str:
    """Every error with its kind, its sentence in both languages and what it means to a developer."""
    from engine.errors import EngineError
    from texts import sentence

    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    rows = []
    for error in sorted(_leaves(EngineError), key=lambda leaf: leaf.__name__):
        code = error.__new__(error).code
        kind = next(kind for kind in (*KINDS, "EngineError") if kind in {base.__name__ for base in error.__mro__})
        said = f"{_cell(sentence('errors', code, 'zh'))}<br>{_cell(sentence('errors', code, 'en'))}"
        rows.append(f"| `{code}` | {kind} | {said} | {_cell(error.__doc__ or '')} |")
    head = "| code | kind | sentence for people | for developers |\n| --- | --- | --- | --- |\n"
    return (
        "# Errors\n\nWritten by `make docs`. Codes are stable, sentences may improve.\n\n"
        + head
        + "\n".join(rows)
        + "\n"
    )


def commands_page() -> str:
    """Every command of the engine with the first sentence of its docstring."""
    rows = []
    for path in sorted((ROOT / "engine" / "commands").glob("[a-z]*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and any("Command" in ast.unparse(base) for base in node.bases):
                said = (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")
                rows.append(f"| `{node.name}` | {_cell(said)} |")
    head = "| command | does |\n| --- | --- |\n"
    return "# Commands of the engine\n\nWritten by `make docs`.\n\n" + head + "\n".join(sorted(rows)) + "\n"


def terminal_page() -> str:
    """`tongban --help` of every subcommand."""
    from cli import COMMANDS, main

    parts = ["# The `tongban` command\n\nWritten by `make docs`.\n"]
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        context = click.Context(command, info_name=f"tongban {name}", max_content_width=100, terminal_width=100)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def elements_page() -> str:
    """What the engine does with every element of BPMN, from mini-processes that are played now."""
    from tests.inventory.page import page
    from tests.inventory.playing import Theatre

    with tempfile.TemporaryDirectory(prefix="tongban-docs-") as folder:
        return page(Theatre(Path(folder)))


def _leaves(error: type) -> Iterator[type]:
    for leaf in error.__subclasses__():
        yield leaf
        yield from _leaves(leaf)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    made = pages() if "--check" in arguments else pages() | {"elements.md": elements_page()}
    stale = [name for name, text in made.items() if not _is_current(PLACE / name, text)]
    if "--check" in arguments:
        sys.stdout.write(f"out of date, run `make docs`: {', '.join(stale)}\n" if stale else "")
        return 1 if stale else 0
    PLACE.mkdir(exist_ok=True)
    for name in stale:
        (PLACE / name).write_text(made[name], "utf-8")
    sys.stdout.write(f"{len(stale)} pages written\n")
    return 0


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the tests about the code read: our own files, parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "bench", "cli", "engine", "papermaking", "playing", "printing", "seeds", "services", "texts", "web")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, relative to the root; also in a tree that is no git clone."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    names = listed or [str(path.relative_to(ROOT)) for path in _walk(ROOT)]
    return tuple(Path(name) for name in sorted(names) if (ROOT / name).is_file())


def python_files(*folders: str) -> tuple[Path, ...]:
    """Our Python files below these folders (all of them by default)."""
    return tuple(f for f in project_files() if f.suffix == ".py" and (not folders or f.parts[0] in folders))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"), str(path))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))


def length(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _walk(folder: Path) -> Iterator[Path]:
    skipped = {".git", ".venv", "node_modules", "var", "__pycache__", ".tools", ".pytest_cache", ".ruff_cache"}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in skipped:
            yield from _walk(path)
        elif path.is_file():
            yield path

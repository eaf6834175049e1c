"""Who may call which route, as `permissions.txt` says; `test_permissions` compares its rows with the application."""

from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).with_name("permissions.txt")


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    """`[permission]`, and below it one route a line, as `METHOD /rule`."""
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            rows.append(line)
    return {permission: tuple(rows) for permission, rows in found.items()}


PERMISSIONS = _read(TABLE.read_text("utf-8"))

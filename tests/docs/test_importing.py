"""The page about importing tells what the tables in the code say."""

from pathlib import Path

from engine.definitions.importing.juel import to_feel
from engine.definitions.importing.vendors import VENDORS

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
NOT_MAKERS = {"colours", "plain"}


def settings_table() -> str:
    """One row a setting, with all vendors that have it."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for vendor in VENDORS:
        for setting in vendor.settings:
            on = ", ".join(tag.removeprefix("bpmn:") for tag in setting.on)
            rows.setdefault((setting.source, on, f"{setting.onto} {setting.name}"), []).append(vendor.name)
    lines = [
        f"| `{source}` | {', '.join(vendors)} | {on} | `{target}` |" for (source, on, target), vendors in rows.items()
    ]
    return "\n".join(["| attribute | of | on | becomes |", "| --- | --- | --- | --- |", *lines])


def vendors_table() -> str:
    lines = []
    for vendor in VENDORS:
        if vendor.key not in NOT_MAKERS:
            spaces = "<br>".join(f"`{uri}`" for uri in vendor.namespaces) or "—"
            lines.append(f"| `{vendor.key}` | {vendor.name} | {spaces} |")
    return "\n".join(["| `source_vendor` | maker | namespaces |", "| --- | --- | --- |", *lines])


def test_the_page_has_the_table_of_settings() -> None:
    assert settings_table() in PAGE


def test_the_page_has_the_table_of_vendors() -> None:
    assert vendors_table() in PAGE


def test_the_examples_of_juel_are_true() -> None:
    lines = [line.split("  ", maxsplit=1) for line in PAGE.splitlines() if line.startswith("${")]

    assert len(lines) >= 3
    assert [(juel, to_feel(juel)) for juel, _ in lines] == [(juel, feel.strip()) for juel, feel in lines]

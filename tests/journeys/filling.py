"""Fill in a form on a page as a person would, from the answers of an example file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from cli.attachments import content_for

EXAMPLES = Path(__file__).parents[2] / "forms" / "wage_consultation" / "examples"
_FILES = (".pdf", ".docx", ".jpg", ".png")


def example(name: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((EXAMPLES / f"{name}.valid.json").read_text("utf-8"))
    return answers


def fill_in(page: Page, answers: Mapping[str, Any], *, before: str = "") -> None:
    for key, value in answers.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping):
            fill_in(page, value, before=f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            _fill_rows(page, path, value)
        elif value is not None:
            _fill(page, path, value)


def hand_in(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#do-submit").click()


def _fill_rows(page: Page, path: str, rows: list[Mapping[str, Any]]) -> None:
    count = page.locator(f'input[name="{path}[#]"]')
    while int(count.input_value()) < len(rows):
        shown = int(count.input_value())
        page.locator(f'button[name="_add"][value="{path}"]').click()
        expect(count).to_have_value(str(shown + 1))
    for number, row in enumerate(rows):
        # what decides about other fields of the row comes first
        ordered = dict(sorted(row.items(), key=lambda item: not isinstance(item[1], bool)))
        fill_in(page, ordered, before=f"{path}[{number}].")


def _fill(page: Page, path: str, value: Any) -> None:
    control = page.locator(f'[name="{path}"]:not([type="hidden"])')
    expect(control.first).to_be_attached()
    kind = control.first.get_attribute("type")
    if isinstance(value, list) and all(str(item).endswith(_FILES) for item in value):
        control.first.set_input_files(
            [{"name": name, "mimeType": "application/octet-stream", "buffer": content_for(name)} for name in value]
        )
    elif kind == "checkbox":
        _tick(page, path, control, value)
    elif kind == "radio":
        page.locator(f'[name="{path}"][value="{_text(value)}"]').check()
    elif control.first.evaluate("control => control.tagName") == "SELECT":
        control.select_option(_text(value))
    else:
        control.fill(_in_input(kind, value))
        control.blur()
    expect(page.locator(".htmx-request")).to_have_count(0)  # the form has been drawn again, where the field asks for it


def _tick(page: Page, path: str, control: Locator, value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            page.locator(f'[name="{path}"][value="{_text(one)}"]').check()
    else:
        control.set_checked(value)


def _text(value: Any) -> str:
    return str(value)


def _in_input(kind: str | None, value: Any) -> str:
    return str(value)[:16] if kind == "datetime-local" else str(value)

"""Fills in any form as a person does: only what is in sight, and then what has come into sight by answering."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from playing.attachments import SUFFIXES, content_for

EXAMPLES = Path(__file__).parents[2] / "forms" / "wage_consultation" / "examples"
Field = tuple[str, Any]
"""Path of the control on the page, and the answer that belongs there."""


class FieldsNotFound(AssertionError):
    """The answers name fields that never came into sight."""


def example(form: str) -> dict[str, Any]:
    """Answers that a form takes."""
    answers: dict[str, Any] = json.loads((EXAMPLES / f"{form}.valid.json").read_text("utf-8"))
    return answers


def agreed_texts(form: str) -> list[dict[str, Any]]:
    """The clauses that the examples of a form take as agreed."""
    around = json.loads((EXAMPLES / f"{form}.context.json").read_text("utf-8"))
    clauses: list[dict[str, Any]] = around["variables"]["协商"]["条款"]
    return clauses


def fill_form(page: Page, answers: Mapping[str, Any]) -> None:
    """Fields may appear only when others are answered: what is not there yet is tried again until nothing new comes.

    Raises FieldsNotFound naming what could not be filled in.
    """
    waiting = list(_in_sight_first(answers))
    _form_on_page(page, [path for path, _ in waiting])
    while waiting:
        left = [field for field in waiting if not _filled(page, field)]
        if len(left) == len(waiting):
            raise FieldsNotFound([path for path, _ in left])
        waiting = left


def hand_in(page: Page) -> None:
    with answered(page):
        page.locator("#do-submit").click()


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Inside, something is sent that another page answers, or the same one drawn again with what is wrong."""
    page.evaluate("document.querySelector('main').dataset.before = '1'")
    yield
    expect(page.locator("main:not([data-before])")).to_be_visible(timeout=30_000)
    page.wait_for_load_state()


def settled(page: Page) -> None:
    """The server has drawn the form again, where a field asks for it."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def _form_on_page(page: Page, paths: list[str]) -> None:
    """The address may be that of the form before the form itself has come: somebody waits until there is a field."""
    page.wait_for_load_state()
    fields = ", ".join(f'[name="{path}"]:not([type="hidden"]), [name="{path}[#]"]' for path in paths)
    if fields:
        page.locator(fields).first.wait_for(state="attached")


def _in_sight_first(answers: Mapping[str, Any], *, before: str = "") -> Iterator[Field]:
    """Leaves of the answers. A list of rows stands for itself: its rows are made when it is its turn."""
    for key, value in answers.items():
        if isinstance(value, Mapping):
            yield from _in_sight_first(value, before=f"{before}{key}.")
        elif value is not None and value != []:
            yield f"{before}{key}", value


def _filled(page: Page, field: Field) -> bool:
    path, value = field
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return _fill_rows(page, path, value)
    control = page.locator(f'[name="{path}"]:not([type="hidden"]):visible')
    if not control.count():
        return False
    _fill(page, control, value)
    settled(page)
    return True


def _fill_rows(page: Page, path: str, rows: list[Mapping[str, Any]]) -> bool:
    count = page.locator(f'input[name="{path}[#]"]')
    if not count.count():
        return False
    while (shown := int(count.input_value())) != len(rows):
        tool = (
            f'[name="_add"][value="{path}"]' if shown < len(rows) else f'[name="_remove"][value="{path}[{shown - 1}]"]'
        )
        page.locator(f"button{tool}").click()
        expect(count).to_have_value(str(shown + (1 if shown < len(rows) else -1)))
        settled(page)
    for number, row in enumerate(rows):
        fill_form(page, {f"{path}[{number}].{key}": value for key, value in row.items()})
    return True


def _fill(page: Page, control: Locator, value: Any) -> None:
    kind = control.first.get_attribute("type")
    if kind == "file":
        _choose_files(page, control.first, value)
    elif kind == "checkbox" and isinstance(value, bool):
        control.set_checked(value)
    elif kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            control.and_(page.locator(f'[value="{one}"]')).check()
    elif control.first.evaluate("control => control.tagName") == "SELECT":
        control.select_option(str(value))
    else:
        control.fill(str(value)[:16] if kind == "datetime-local" else str(value))
        control.blur()


def _choose_files(page: Page, control: Locator, names: list[str]) -> None:
    assert all(name.endswith(SUFFIXES) for name in names), names
    field = page.locator(".form-cell, td").filter(has=control).last
    control.set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content_for(name)} for name in names]
    )
    if control.get_attribute("hx-post") and page.evaluate("() => !!document.querySelector('[data-form-ready]')"):
        for name in names:
            expect(field.get_by_role("link", name=name, exact=True)).to_be_visible()

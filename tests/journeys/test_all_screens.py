"""All pages there are, on a desk and on a phone: usable for everybody (axe, WCAG 2.2 AA), and without a mouse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from playing.trials import Trials
from tests.city import PROCESSES, City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts
from tests.databases import Database, Template
from tests.journeys.conftest import Enter
from tests.journeys.full_city import Ids, fill
from tests.journeys.looking import DESK, PHONE, look_at
from tests.journeys.screens import NO_PAGES, OUTSIDE, PAGES, Look

_CONVERTER = re.compile(r"<(?:[^:>]*(?:\([^)]*\))?:)?(\w+)>")
_NAME = re.compile(r"<(\w+)>")
CONTROLS = "a[href], button, select, textarea, summary, input:not([type=radio]):not([type=hidden])"
NOTE_FOCUS = (
    "() => { window.reached = new Set(); addEventListener('focusin', (event) => window.reached.add(event.target)); }"
)
TABBED = f"""() => [...document.querySelectorAll('{CONTROLS}')].filter((it) =>
    !it.disabled && it.checkVisibility({{visibilityProperty: true}}) && !it.closest('[aria-hidden=true], [inert]'))"""
NOT_REACHED = f"() => ({TABBED})().filter((it) => !window.reached.has(it)).map((it) => it.outerHTML.slice(0, 160))"


def test_no_page_is_forgotten(edges: Flask) -> None:
    """Whoever adds a page says in `screens.py` who looks at it."""
    rules = (rule for rule in edges.url_map.iter_rules() if "GET" in (rule.methods or ()))
    found = {_CONVERTER.sub(r"<\1>", rule.rule) for rule in rules if rule.endpoint.startswith("pages.")}

    assert found == PAGES.keys() | NO_PAGES.keys()
    assert not PAGES.keys() & NO_PAGES.keys()


class FullCities:
    """One city with something on every page, made once; each test goes into a copy of it."""

    def __init__(self, folder: Path, secret_key: str) -> None:
        self.folder = folder
        self.ids: Ids = {}
        self.template = Template("full", self._fill, below=PROCESSES)
        self._secret_key = secret_key

    def _fill(self, url: str) -> None:
        city = open_city(Database("sqlite", url), data_dir=self.folder, is_demo=True)
        self.ids = fill(city, secret_key=self._secret_key)
        city.engine.database.dispose()


@pytest.fixture(scope="module")
def full(edges: Flask, tmp_path_factory: pytest.TempPathFactory) -> FullCities:
    return FullCities(tmp_path_factory.mktemp("full"), edges.config["SECRET_KEY"])


@pytest.fixture
def city(
    edges: Flask, full: FullCities, database_hosts: DatabaseHosts, definitions: SharedDefinitions
) -> Iterator[City]:
    with database_hosts.of("sqlite").fresh(full.template) as database:
        opened = open_city(database, data_dir=full.folder, is_demo=True, definitions=definitions)
        edges.extensions["tongban"] = opened.engine
        edges.extensions["trials"] = Trials(full.folder / "tries")
        yield opened
        opened.engine.database.dispose()


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page(enter: Enter, full: FullCities, city: City, screen: tuple[int, int]) -> None:
    pages: dict[str, Page] = {}
    for who, path in _visits(full.ids):
        page = pages.get(who) or pages.setdefault(who, enter(who or None, width=screen[0], height=screen[1]))
        look_at(page, path)
        if screen is DESK:
            _reach_everything(page, path)


def _visits(ids: Ids) -> Iterator[tuple[str, str]]:
    """Who opens which address; among them one where nothing is."""
    yield "boss", "/nothing"
    for rule, looks in PAGES.items():
        for look in looks:
            for who in look.by.split() or [OUTSIDE]:
                yield from ((who, _address(rule, look, ids) + way) for way in look.ways)


def _address(rule: str, look: Look, ids: Ids) -> str:
    return _NAME.sub(lambda name: ids[look.instead.get(name[1], name[1])], rule)


def _reach_everything(page: Page, path: str) -> None:
    """The tabulator comes to every link, button and field in sight, once round."""
    page.evaluate(NOTE_FOCUS)
    for presses in (page.evaluate(f"() => ({TABBED})().length"), *[10] * 5):  # choices and frames take some more
        for _ in range(presses):
            page.keyboard.press("Tab")
        missed = page.evaluate(NOT_REACHED)
        if not missed:
            return
    raise AssertionError(f"{path}: not reached with the tabulator: {missed}")

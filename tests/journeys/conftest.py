"""A real Chromium against the real application over a city of its own for every test."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from engine.commands.start_case import StartCase
from tests.city import PROCESSES, City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts
from tests.journeys.form_filler import example

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def base_url(edges: Flask) -> Iterator[str]:
    """One address for all tests; behind it stands the city of the test that runs now."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, edges, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def city(edges: Flask, database_hosts: DatabaseHosts, tmp_path: Path, definitions: SharedDefinitions) -> Iterator[City]:
    with database_hosts.of("sqlite").fresh(PROCESSES) as database:
        opened = open_city(database, data_dir=tmp_path, is_demo=True, definitions=definitions)
        edges.extensions["tongban"] = opened.engine
        yield opened
        opened.engine.database.dispose()


@pytest.fixture
def case_id(city: City) -> str:
    """A consultation that the chair has just asked for."""
    return city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; as root it has no sandbox, and it must look for nothing in the network."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "env": {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet],
    }


@pytest.fixture
def enter(browser: Browser, base_url: str, city: City) -> Iterator[Enter]:
    """`enter("boss")` opens a browser of their own for a person and logs them in; None stays outside."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(username: str | None, *, width: int = 1440, height: int = 900, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=scripts,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error.stack or error}"))
        page.on("console", lambda said: _note(said.text, troubles))
        if username:
            page.goto("/login")
            page.locator(f'form:has(input[name="username"][value="{username}"]) button').click()
            page.wait_for_url("**/tasks*")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles


def _note(said: str, troubles: list[str]) -> None:
    """A page that breaks its own security policy says so on the console."""
    if "Content Security Policy" in said or "Refused to" in said:
        troubles.append(said)

import os
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.definitions.form import Form
from tests.web.forms.sample_form import sample_app, sample_form


@pytest.fixture(scope="session")
def form() -> Form:
    return sample_form()


@pytest.fixture
def app(form: Form) -> Flask:
    return sample_app(form)


@pytest.fixture
def browser_without_scripts(app: Flask) -> Iterator[FlaskClient]:
    """Sends forms as a browser does that has JavaScript switched off."""
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of the system; as root it needs to run without its sandbox."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}

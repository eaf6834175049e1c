from collections.abc import Iterator

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

"""The two towns as a fixture for a module of tests that changes nothing in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from settings import Settings
from tests.access.asking import Asking
from tests.access.two_towns import two_towns
from tests.city import PROCESSES
from tests.databases import KINDS
from tests.edges import open_edges


@pytest.fixture(scope="module", params=KINDS)
def asking(request: Any, database_hosts: Any, definitions: Any, tmp_path_factory: Any) -> Iterator[Asking]:
    """The two towns, once on each kind of database."""
    folder = tmp_path_factory.mktemp("towns")
    settings = Settings(database_url="sqlite:///never-opened.db", data_dir=folder, secret_key="towns", demo=True)
    app: Flask = open_edges(settings)
    with (
        database_hosts.of(request.param).fresh(PROCESSES) as database,
        two_towns(database, folder, definitions=definitions) as towns,
    ):
        yield Asking(app, towns)

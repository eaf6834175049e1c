"""Every route says who may call it, and this table says the same: no route comes without a thought about that."""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from settings import Settings
from tests.architecture.permission_table import PERMISSIONS

TABLE = {row: name for name, rows in PERMISSIONS.items() for row in rows}
WITHOUT_A_VIEW_OF_OURS = {"pages.static"}


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    folder = tmp_path_factory.mktemp("routes")
    app = create_app(Settings(database_url=f"sqlite:///{folder}/none.db", data_dir=Path(folder), secret_key="test"))
    return _routes(app)


def _routes(app: Flask) -> dict[str, str | None]:
    return {
        f"{method} {rule.rule}": getattr(app.view_functions[rule.endpoint], "permission", None)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in WITHOUT_A_VIEW_OF_OURS
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_declares_a_permission(routes: dict[str, str | None]) -> None:
    assert [route for route, permission in routes.items() if permission is None] == []


def test_the_table_names_every_route_with_its_permission(routes: dict[str, str | None]) -> None:
    assert routes == TABLE

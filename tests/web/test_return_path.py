"""Links that send a person back never lead to another site."""

import pytest
from flask import Flask

from web.return_path import came_from, safe_path


@pytest.mark.parametrize("target", ["/tasks", "/tasks?view=done&q=星月", "/cases/1#now"])
def test_a_path_of_this_site_is_kept(target: str) -> None:
    assert safe_path(target, default="/") == target


@pytest.mark.parametrize(
    "target",
    [None, "", "tasks", "//evil.example/x", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x=1"],
)
def test_anything_else_becomes_the_default(target: str | None) -> None:
    assert safe_path(target, default="/tasks") == "/tasks"


def test_the_referring_page_counts_only_on_the_same_host() -> None:
    app = Flask(__name__)

    with app.test_request_context("/locale/en", headers={"Referer": "http://localhost/tasks?view=done"}):
        assert came_from(default="/") == "/tasks?view=done"
    with app.test_request_context("/locale/en", headers={"Referer": "http://evil.example/tasks"}):
        assert came_from(default="/") == "/"

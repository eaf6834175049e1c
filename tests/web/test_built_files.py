"""Static files go out compressed to those who take that; pages never."""

import gzip
import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT
from tests.web.conftest import Visit

CLASSES = re.compile(r"\.([A-Za-z][\w-]*)")
ZIPPED = {"Accept-Encoding": "gzip, deflate, br"}


def test_scripts_go_out_compressed_and_are_not_sent_twice(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app.js").write_text("let a = 1;\n" * 100, "utf-8")
    monkeypatch.setattr("web.built_files.STATIC", tmp_path)
    visitor = visit(None)

    sent = visitor.get("/assets/app.js", headers=ZIPPED)
    again = visitor.get("/assets/app.js", headers={**ZIPPED, "If-None-Match": sent.headers["ETag"]})

    assert gzip.decompress(sent.data) == (tmp_path / "app.js").read_bytes()
    assert (sent.headers["Content-Encoding"], sent.mimetype) == ("gzip", "text/javascript")
    assert "Accept-Encoding" in sent.vary
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/login", "/assets/../web/__init__.py", "/assets/nothing.js", "/assets/favicon.svg"])
def test_everything_else_goes_its_usual_way(visit: Visit, path: str) -> None:
    asked = ZIPPED if path != "/assets/favicon.svg" else {}

    with visit(None).get(path, headers=asked) as answer:
        assert "Content-Encoding" not in answer.headers


def test_of_the_style_sheet_of_others_what_pages_name_is_built_and_little_else() -> None:
    theirs = CLASSES.findall((ROOT / "node_modules/@tabler/core/dist/css/tabler.min.css").read_text("utf-8"))
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "web" / "templates").rglob("*.html"))
    named = {word for words in re.findall(r'class="([^"]*)"', pages) for word in re.findall(r"[A-Za-z][\w-]*", words)}
    (built,) = (ROOT / "web" / "static" / "build" / "assets").glob("app-*.css")

    assert {"btn", "card"} < named & set(theirs)
    assert named & set(theirs) <= set(CLASSES.findall(built.read_text("utf-8")))
    assert len(gzip.compress(built.read_bytes(), 9)) < 40_000

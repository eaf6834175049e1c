"""Pages become PDF/A files; nothing that they refer to is fetched; without the libraries it is said so."""

import re
import sys
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from printing import PdfUnavailable, pdf_of

PAGE = '<html lang="zh-CN"><head><title>表决结果</title></head><body><h1>表决结果 𠮷 龘</h1>{}</body></html>'


def plain(content: bytes) -> bytes:
    """The file with its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")


def test_it_is_an_archive_file_with_its_fonts_and_its_structure() -> None:
    content = plain(pdf_of(PAGE.format("<p>27×3 ≥ 40×2</p>")))

    assert content.startswith(b"%PDF-")
    assert re.search(rb"pdfaid:part\W+3", content)
    assert b"Noto-Serif-CJK-SC" in content
    assert b"FontFile" in content
    assert b"StructTreeRoot" in content


def test_nothing_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    (tmp_path / "secret.txt").write_text("secret")
    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}"
    links = f"""<img src="{site}/image"><link rel="stylesheet" href="{site}/style"><style>@import "{site}/import";
        body {{ background: url({site}/background) }}</style><img src="{tmp_path.as_uri()}/secret.txt">
        <a rel="attachment" href="{tmp_path.as_uri()}/secret.txt">x</a><object data="{site}/object"></object>"""

    content = plain(pdf_of(PAGE.format(links)))
    server.shutdown()
    server.server_close()

    assert asked == []
    assert b"secret\n" not in content
    assert b"EmbeddedFile" not in content


def test_without_the_libraries_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(PdfUnavailable):
        pdf_of(PAGE)

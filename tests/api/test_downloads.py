"""File names of people reach the browser and nothing else does."""

import pytest
from flask import Flask

from api.downloads import disposition, download


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plan.pdf", "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf"),
        (
            "集体合同.pdf",
            "attachment; filename=\"____.pdf\"; filename*=UTF-8''%E9%9B%86%E4%BD%93%E5%90%88%E5%90%8C.pdf",
        ),
        ('a"b\r\nX: 1;.txt', "attachment; filename=\"a_b__X_ 1_.txt\"; filename*=UTF-8''a%22b%0D%0AX%3A%201%3B.txt"),
    ],
)
def test_a_name_is_written_twice_and_cannot_break_out(name: str, header: str) -> None:
    assert disposition(name) == header


def test_a_download_is_never_run_by_the_browser() -> None:
    with Flask("downloads").test_request_context():
        answer = download(b"<script>", name="x.html", media_type="application/octet-stream")

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")

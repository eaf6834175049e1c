"""Scripts, styles and icons go out compressed: on a slow line a phone waits for them above all.

Pages do not: what somebody can make a page repeat must not be compressed together with its secrets (BREACH).
"""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Response, request
from werkzeug.security import safe_join

STATIC = Path(__file__).parent / "static"
_COMPRESSED = {".css", ".js", ".svg"}


def send_compressed() -> Response | None:
    """Instead of a static file its compressed twin, when the browser takes that."""
    if request.endpoint != "pages.static" or "gzip" not in request.accept_encodings:
        return None
    path = Path(safe_join(str(STATIC), (request.view_args or {})["filename"]) or "")
    if path.suffix not in _COMPRESSED or not path.is_file():
        return None
    response = Response(_compressed(path, path.stat().st_mtime_ns), mimetype=mimetypes.guess_type(path.name)[0])
    response.headers["Content-Encoding"] = "gzip"
    response.add_etag()
    return response.make_conditional(request)


@lru_cache(maxsize=128)
def _compressed(path: Path, _written_at: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)

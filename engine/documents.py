"""Where the bytes of documents lie: one file per content, named by its SHA-256."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from engine.errors import NotFound


class DocumentNotFound(NotFound):
    """There is no such document, or it is not for your eyes."""


class ContentMissing(NotFound):
    """The row of a document exists but its bytes do not."""


class DocumentStore:
    """Writing the same bytes twice is harmless; a half-written file is never seen under its final name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f"{uuid4().hex}.part")
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        return sha256

    def get(self, sha256: str) -> bytes:
        path = self._path(sha256)
        if not path.exists():
            raise ContentMissing(sha256=sha256)
        return path.read_bytes()

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

"""Files that a scenario's answers name: written as `选举记录.pdf`, handed in as an uploaded document."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".amr")


def with_uploads(answers: Any, upload: Callable[[str, str, bytes], str], *, key: str = "") -> Any:
    """The answers with every file name in a list replaced by what `upload(field key, name, content)` gives."""
    if isinstance(answers, Mapping):
        return {name: with_uploads(value, upload, key=name) for name, value in answers.items()}
    if not isinstance(answers, list):
        return answers
    return [
        upload(key, item, content_for(item)) if _is_file(item) else with_uploads(item, upload, key=key)
        for item in answers
    ]


def content_for(name: str) -> bytes:
    """The smallest content that the server takes for a file of this name."""
    if name.endswith(".docx"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word/document.xml", f"<document>{name}</document>")
        return packed.getvalue()
    starts = {".pdf": b"%PDF-1.4\n", ".png": b"\x89PNG\r\n\x1a\n", ".amr": b"#!AMR\n"}
    start = next((start for suffix, start in starts.items() if name.endswith(suffix)), b"\xff\xd8\xff")
    return start + name.encode()


def _is_file(item: Any) -> bool:
    return isinstance(item, str) and item.endswith(SUFFIXES)

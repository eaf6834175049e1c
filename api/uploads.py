"""Files that come in as one part of a multipart body."""

from collections.abc import Mapping
from typing import Any

from engine.commands.upload_document import UploadDocument

DOCUMENT_LIMIT = 21_500_000  # bytes: 20 MB of file and the multipart around it


def upload_of(question: Mapping[str, Any], *, task_id: str | None = None) -> UploadDocument:
    file = question["file"]
    return UploadDocument(
        task_id=task_id,
        field_key=question["field"],
        filename=file.filename,
        media_type=file.mimetype or "application/octet-stream",
        content=file.read(),
    )

"""What a file really is, by its first bytes."""

import io
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"  # GB/T 33190, what offices sign and archive
SHOWN_IN_BROWSERS = frozenset({PDF, "image/png", "image/jpeg"})
_INSIDE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": OFD}
_STARTS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def sniffed(content: bytes) -> str | None:
    """The media type, or None for a kind that is not taken."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    return _kind_of_archive(content) if content.startswith(b"PK\x03\x04") else None


def _kind_of_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    return next((kind for name, kind in _INSIDE.items() if name in names), None)

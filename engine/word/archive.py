"""A Word file is a zip: what may be in an uploaded one, and one without the time at which it was packed."""

import io
import zipfile
from collections.abc import Iterator

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 300
MOST_UNPACKED = 40 * 1024 * 1024
_DATE = (1980, 1, 1, 0, 0, 0)
_ACTIVE = ("vbaproject.bin", "activex", "embeddings/", "oleobject", "vbadata.xml")  # more in `dangers`


def steady(content: bytes) -> bytes:
    """The same parts in the same order with the same date: the same words are the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            member = zipfile.ZipInfo(name, _DATE)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(member, old.read(name))
    return target.getvalue()


def faults(content: bytes) -> Iterator[str]:
    """Codes of what is wrong with the file itself, before anything in it is read as a document."""
    if len(content) > MOST_BYTES:
        yield "template_too_large"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _of_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        yield "template_not_word"


def _of_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    parts = archive.infolist()
    if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_UNPACKED:
        yield "template_too_large"
        return
    names = {part.filename.lower() for part in parts}
    if "word/document.xml" not in names or "[content_types].xml" not in names:
        yield "template_not_word"
        return
    if any(mark in name for name in names for mark in _ACTIVE):
        yield "template_active"

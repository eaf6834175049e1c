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
# What phones and browsers record speech as; a film is not taken for one.
_SOUNDS = {
    b"ID3": "audio/mpeg", b"\xff\xfb": "audio/mpeg", b"\xff\xf3": "audio/mpeg", b"\xff\xf2": "audio/mpeg",
    b"#!AMR": "audio/amr",
}  # fmt: skip


def sniffed(content: bytes) -> str | None:
    """The media type, or None for a kind that is not taken."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    return _kind_of_archive(content) if content.startswith(b"PK\x03\x04") else _kind_of_sound(content)


def _kind_of_sound(content: bytes) -> str | None:
    for start, kind in _SOUNDS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav"
    if content.startswith(b"OggS") and (b"OpusHead" in content[:128] or b"\x01vorbis" in content[:128]):
        return "audio/ogg"
    if content[4:8] == b"ftyp":  # an MPEG-4 file names the kinds of its tracks
        return "audio/mp4" if b"soun" in content and b"vide" not in content else None
    if content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:64]:
        return "audio/webm" if b"A_OPUS" in content and b"V_" not in content[:4096] else None
    return None


def _kind_of_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    return next((kind for name, kind in _INSIDE.items() if name in names), None)

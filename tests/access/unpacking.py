"""Everything an answer says, as text: archives are opened, streams unpacked, the glyphs of a PDF read as letters."""

import gzip
import io
import re
import zipfile
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_SHOWN = re.compile(rb"\[((?:[^\[\]])*)\]\s*TJ|<([0-9A-Fa-f]+)>\s*Tj", re.DOTALL)


def text_of(content: bytes) -> str:
    """What is in the bytes, and in what is packed in them."""
    return "\n".join(_layers(content))


def _layers(content: bytes) -> list[str]:
    said = [content.decode("utf-8", "replace")]
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                said += [name, *_layers(archive.read(name))]
    elif content.startswith(b"\x1f\x8b"):
        said += _layers(gzip.decompress(content))
    elif content.startswith(b"%PDF-"):
        said += _pdf(content)
    return said


def _pdf(content: bytes) -> list[str]:
    streams = [_unpacked(part) for part in _STREAM.findall(content)]
    maps = [letters for stream in streams if (letters := _letters(stream))]
    plain = [stream.decode("utf-8", "replace") for stream in streams]
    # Which font a text is in is not followed: it is read with each.
    return plain + [_shown(stream, letters) for stream in streams for letters in maps]


def _unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error:
        return part


def _letters(stream: bytes) -> dict[int, str]:
    """Glyph numbers of a font to letters (the ToUnicode map), when the stream is one."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(stream):
        numbers = [bytes.fromhex(one.decode()) for one in _HEX.findall(body)]
        if kind == b"char":
            pairs = zip(numbers[::2], numbers[1::2], strict=False)
            found |= {int.from_bytes(glyph): letter.decode("utf-16-be", "replace") for glyph, letter in pairs}
    return found


def _shown(stream: bytes, letters: dict[int, str]) -> str:
    said = []
    for array, single in _SHOWN.findall(stream):
        glyphs = b"".join(_HEX.findall(array)) or single
        codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
        said.append("".join(letters.get(code, "") for code in codes))
    return "".join(said)

"""What stands in a PDF file of ours, read as a reader program does it: glyphs, and through their fonts the letters."""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\sendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(\S+) [\d.]+ Tf|<([0-9a-fA-F]+)>")
_REFERENCE = re.compile(rb"/(\S+?) (\d+) 0 R")

Objects = dict[int, tuple[bytes, bytes]]
Letters = dict[str, str]


def pdf_text(content: bytes) -> str:
    """All words of all pages, in the order in which they are drawn."""
    objects = _objects(content)
    pages = [head for head, _ in objects.values() if re.search(rb"/Type\s*/Page\b", head)]
    return "\n".join(_page_text(objects, page) for page in pages)


def _objects(content: bytes) -> Objects:
    """The parts of the file by number: the words of each, and what its stream holds."""
    found: Objects = {}
    for number, body in _OBJECT.findall(content):
        stream = _STREAM.fullmatch(body)
        head, held = (stream[1], _unpacked(stream[1], stream[2])) if stream else (body, b"")
        found[int(number)] = (head, held)
        if b"/ObjStm" in head:
            found.update({inner: (text, b"") for inner, text in _packed(head, held)})
    return found


def _unpacked(head: bytes, stream: bytes) -> bytes:
    return zlib.decompressobj().decompress(stream) if b"/FlateDecode" in head else stream


def _packed(head: bytes, held: bytes) -> Iterator[tuple[int, bytes]]:
    first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
    numbers = [int(word) for word in held[:first].split()]
    starts = [first + start for start in numbers[1::2]]
    for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(held)], strict=True):
        yield number, held[start:end]


def _page_text(objects: Objects, page: bytes) -> str:
    fonts = {name: _letters(objects, number) for name, number in _references(objects, page)}
    words, letters = [], Letters()
    for shown in _SHOWN.finditer(objects[_referred(b"Contents", page)][1]):
        if shown[1]:
            letters = fonts[shown[1]]
        else:
            glyphs = shown[2].decode().lower()
            words += [letters.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4)]
    return "".join(words)


def _references(objects: Objects, page: bytes) -> Iterator[tuple[bytes, int]]:
    """The fonts of a page, by the names it gives them."""
    resources = objects[_referred(b"Resources", page)][0]
    for name, number in _REFERENCE.findall(objects[_referred(b"Font", resources)][0]):
        yield name, int(number)


def _referred(key: bytes, words: bytes) -> int:
    return int(re.search(rb"/%s (\d+) 0 R" % key, words)[1])  # type: ignore[index]


def _letters(objects: Objects, font: int) -> Letters:
    """Which letters the glyphs of a font stand for: its ToUnicode table."""
    table = objects[_referred(b"ToUnicode", objects[font][0])][1].decode()
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n", table)
    return {glyph.lower(): bytes.fromhex(letter).decode("utf-16-be") for glyph, letter in pairs}

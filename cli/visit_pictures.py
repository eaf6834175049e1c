"""Pictures from visits for the demo: a workshop drawn by numbers, no photograph of anybody or anything."""

import random
import struct
import zlib

WIDTH, HEIGHT = 320, 240
_FLOOR, _LINE = (176, 178, 180), (216, 170, 60)
_WALLS = ((206, 214, 220), (222, 216, 200), (202, 216, 206))
_MACHINES = ((70, 110, 150), (60, 120, 90), (150, 90, 60), (96, 100, 112))

Colour = tuple[int, int, int]
Rows = list[bytearray]


def workshop_picture(number: int) -> bytes:
    """A PNG; the same for the same number."""
    dice = random.Random(number)  # noqa: S311 - a picture, not a secret
    wall = dice.choice(_WALLS)
    rows: Rows = [bytearray(bytes(wall if y < HEIGHT * 3 // 5 else _FLOOR) * WIDTH) for y in range(HEIGHT)]
    for left in range(20, WIDTH - 40, 75):
        _fill(rows, left, 24, 50, 40, (236, 244, 250))
    _fill(rows, 0, HEIGHT - 40, WIDTH, 5, _LINE)
    for place in range(dice.randint(2, 4)):
        colour, height = dice.choice(_MACHINES), dice.randint(50, 90)
        left = 14 + place * 78
        _fill(rows, left, 190 - height, 56, height, colour)
        _fill(rows, left + 8, 198 - height, 18, 14, (230, 230, 220))
        _fill(rows, left - 4, 186, 64, 8, (60, 62, 66))
    return _png(rows)


def _fill(rows: Rows, left: int, top: int, width: int, height: int, colour: Colour) -> None:
    for row in rows[top : top + height]:
        right = min(left + width, WIDTH)
        row[3 * left : 3 * right] = bytes(colour) * (right - left)


def _png(rows: Rows) -> bytes:
    packed = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

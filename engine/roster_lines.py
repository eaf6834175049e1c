"""What a staff roster says: its columns, and each line checked by itself."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from engine.definitions.form.identifiers import is_mobile
from engine.errors import Problem, Rejected
from engine.sheet_file import Cell, CellKind, Row, SheetFile, day_of

COLUMNS: Mapping[str, tuple[str, str]] = {
    "name": ("姓名", "Name"),
    "phone": ("手机号", "Mobile"),
    "username": ("用户名", "User name"),
    "post": ("岗位职务", "Post"),
    "since": ("入职日期", "Employed since"),
    "is_rep": ("职工代表", "Workers' representative"),
}
MUST_HAVE = ("name",)
MOST_LINES = 200_000
LOOKED_AT = 10  # a title and notes may stand above the names of the columns
EARLIEST = date(1950, 1, 1)
_ALSO = {"电话": "phone", "手机": "phone", "手机号码": "phone", "岗位": "post", "职务": "post", "入职时间": "since"}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9_.@-]{1,63}\Z")
_YES, _NO = {"是", "y", "yes", "1", "√", "true"}, {"否", "n", "no", "0", "false", "×"}
_LIMITS = {"name": 50, "post": 100}


class RosterColumnsMissing(Rejected):
    """Within the first lines no line has the names of the columns: name, and mobile or user name."""


class RosterEmpty(Rejected):
    """Below the names of the columns there is no line."""


class RosterTooLong(Rejected):
    """A roster has at most 200,000 lines."""


@dataclass
class RosterEntry:
    """One line. `values` are its columns as far as they are right; `flaws` say what is wrong, by column."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    flaws: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, code: str, **params: Any) -> None:
        self.flaws.append(Problem(path=column, code=code, params=params))


def must_be_a_roster(content: bytes) -> None:
    """Whether it can be read and has the columns. Raises Rejected."""
    _columns(SheetFile(content).rows())


def plain_copy(content: bytes) -> tuple[bytes, int]:
    """The columns that count, a JSON line each, so that the file is unpacked once; and how many lines there are.

    Raises RosterEmpty, RosterTooLong, and Rejected for a file that is no roster.
    """
    sheet, target, lines = SheetFile(content), io.BytesIO(), 0
    rows = sheet.rows()
    columns = _columns(rows)
    target.write(_json({"from_1904": sheet.counts_from_1904}))
    for row in rows:
        cells = {key: row.cells[place] for place, key in columns.items() if place in row.cells}
        lines += bool(cells)
        if lines > MOST_LINES:
            raise RosterTooLong(most=MOST_LINES)
        if cells:
            target.write(_json([row.number, {key: [cell.kind, cell.text] for key, cell in cells.items()}]))
    if not lines:
        raise RosterEmpty()
    return target.getvalue(), lines


def roster_entries(plain: bytes, *, today: date, skip: int, most: int) -> list[RosterEntry]:
    """`most` lines of a plain copy after the first `skip`, each checked by itself."""
    source = io.BytesIO(plain)
    from_1904 = json.loads(next(source))["from_1904"]
    return [_entry(json.loads(line), today, from_1904=from_1904) for line in islice(source, skip, skip + most)]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _columns(rows: Iterator[Row]) -> dict[int, str]:
    names = {word.lower(): key for key, words in COLUMNS.items() for word in words} | _ALSO
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        found: dict[int, str] = {}
        for place, cell in row.cells.items():
            key = names.get(
                "".join(cell.text.replace("*", "").replace("＊", "").split("（")[0].split("(")[0]).strip().lower()
            )
            if key and key not in found.values():
                found[place] = key
        if set(MUST_HAVE) <= set(found.values()) and {"phone", "username"} & set(found.values()):
            return found
    raise RosterColumnsMissing(columns=[words[0] for words in COLUMNS.values()])


def _entry(line: tuple[int, dict[str, list[str]]], today: date, *, from_1904: bool) -> RosterEntry:
    entry = RosterEntry(line[0])
    cells = {key: Cell(CellKind(kind), text) for key, (kind, text) in line[1].items()}
    for key, cell in cells.items():
        if cell.kind is CellKind.FORMULA:
            entry.wrong(key, "cell_formula")
        elif key == "since":
            entry.values[key] = _day(entry, cell, from_1904=from_1904)
        else:
            entry.values[key] = _READERS.get(key, _words)(entry, key, cell)
    for key in MUST_HAVE:
        if key not in cells:
            entry.wrong(key, "required")
    _choose_username(entry, cells)
    since = entry.values.get("since")
    if since is not None and not EARLIEST <= since <= today:
        entry.wrong("since", "day_out_of_range")
    return entry


def _choose_username(entry: RosterEntry, cells: Mapping[str, Cell]) -> None:
    """Without one of their own people log in with their mobile number."""
    if "username" not in cells:
        entry.values["username"] = entry.values.get("phone")
        if "phone" not in cells:
            entry.wrong("phone", "phone_or_username")


def _words(entry: RosterEntry, key: str, cell: Cell) -> str:
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in cell.text).split())
    if len(text) > _LIMITS[key]:
        entry.wrong(key, "too_long", limit=_LIMITS[key])
    elif key == "name" and len(text) < 2:
        entry.wrong(key, "too_short", limit=2)
    return text


def _phone(entry: RosterEntry, key: str, cell: Cell) -> str:
    text = re.sub(r"[\s-]|^\+86", "", cell.text)
    if not is_mobile(text):
        entry.wrong(key, "not_phone")
    return text


def _username(entry: RosterEntry, key: str, cell: Cell) -> str:
    """A number that is no mobile number has lost the zeros that it began with: `0012` came as 12."""
    text = cell.text.lower()
    if cell.kind is CellKind.NUMBER and not is_mobile(text):
        entry.wrong(key, "number_not_text")
    elif not _USERNAME.match(text):
        entry.wrong(key, "username_signs")
    return text


def _day(entry: RosterEntry, cell: Cell, *, from_1904: bool) -> date | None:
    try:
        return day_of(cell, counts_from_1904=from_1904)
    except (ValueError, ArithmeticError):
        entry.wrong("since", "not_a_date")
        return None


def _flag(entry: RosterEntry, key: str, cell: Cell) -> bool:
    text = cell.text.lower()
    if text not in _YES | _NO:
        entry.wrong(key, "yes_or_no")
    return text in _YES


_READERS = {"phone": _phone, "username": _username, "is_rep": _flag}

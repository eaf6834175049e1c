"""Reads the first sheet of an Excel file row by row. Somebody sent it: sizes have limits, formulas do not count.

No library is used for it. python-calamine (0.9) gives the last result of a formula as if somebody had written it, makes
every number a float, and sets memory aside for the whole rectangle of a sheet: a file of 5 kB with one cell in the far
corner asks for 32 GB and ends the process.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from xml.parsers import expat

from engine.errors import Rejected

MOST_PACKED = 20 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEET = 160 * 1024 * 1024
MOST_TEXTS = 64 * 1024 * 1024
MOST_SMALL = 2 * 1024 * 1024
MOST_COLUMNS = 40
MOST_SIGNS = 1_000
_BROKEN = (zipfile.BadZipFile, expat.ExpatError, zlib.error, EOFError, LookupError, ValueError, RuntimeError)
_BOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})\d*\Z")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00:00)?")
_CHUNK = 1 << 16


class SheetUnreadable(Rejected):
    """This is no Excel workbook (xlsx) that can be read."""


class SheetTooLarge(Rejected):
    """The workbook is too large, or becomes too large when it is unpacked."""


class SheetHasMacros(Rejected):
    """Workbooks with macros are not opened."""


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"


@dataclass(frozen=True)
class Cell:
    kind: CellKind
    text: str


@dataclass(frozen=True)
class Row:
    """`number` is the line as Excel shows it; `cells` are by column from 0, empty ones are not there."""

    number: int
    cells: dict[int, Cell]


class SheetFile:
    """One pass over `rows` costs the memory of a few rows and of the texts that the sheet shares."""

    def __init__(self, content: bytes) -> None:
        """Raises SheetUnreadable, SheetTooLarge and SheetHasMacros."""
        if len(content) > MOST_PACKED:
            raise SheetTooLarge()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            names = self._zip.namelist()
            if len(names) > MOST_PARTS:
                raise SheetTooLarge()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise SheetHasMacros()
            self._sheet, self.counts_from_1904 = self._first_sheet()
            self._texts = self._shared_texts(names)
        except _BROKEN as broken:
            raise SheetUnreadable() from broken

    def rows(self) -> Iterator[Row]:
        """Rows with something in them, downwards. Raises SheetUnreadable and SheetTooLarge."""
        reading = _Rows(self._texts)
        try:
            for _ in self._parse(self._sheet, reading.start, reading.end, reading.text, most=MOST_SHEET):
                yield from reading.finished
                reading.finished.clear()
        except _BROKEN as broken:
            raise SheetUnreadable() from broken

    def _first_sheet(self) -> tuple[str, bool]:
        book, links = self._small(_BOOK), self._small("xl/_rels/workbook.xml.rels")
        counts_from_1904 = any(n == "workbookPr" and a.get("date1904") in ("1", "true") for n, a in book)
        sheets = (attributes for name, attributes in book if name == "sheet")
        wanted = next(value for key, value in next(sheets, {}).items() if key.endswith(":id"))
        target = next(a["Target"] for name, a in links if name == "Relationship" and a.get("Id") == wanted)
        return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"), counts_from_1904

    def _small(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """The elements of a part with their attributes."""
        found: list[tuple[str, dict[str, str]]] = []
        for _ in self._parse(name, lambda *element: found.append(element), None, None, most=MOST_SMALL):
            pass
        return found

    def _shared_texts(self, names: list[str]) -> list[str]:
        reading = _Texts()
        if "xl/sharedStrings.xml" in names:
            parse = self._parse("xl/sharedStrings.xml", reading.start, reading.end, reading.text, most=MOST_TEXTS)
            for _ in parse:
                pass
        return reading.finished

    def _parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], object],
        end: Callable[[str], object] | None,
        text: Callable[[str], object] | None,
        *,
        most: int,
    ) -> Iterator[None]:
        """Chunk by chunk, with names without prefix; a document type is refused, so there are no entities.

        Bytes are counted as they come out: what an archive says about sizes may be a lie.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = (lambda tag: end(tag.rpartition(":")[2])) if end else None
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        with self._zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                most -= len(chunk)
                if most < 0:
                    raise SheetTooLarge()
                parser.Parse(chunk)
                yield
        parser.Parse(b"", True)
        yield


def day_of(cell: Cell, *, counts_from_1904: bool) -> date:
    """A date as Excel counts it, or written out. Raises ValueError and ArithmeticError."""
    if cell.kind is CellKind.NUMBER:
        start = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
        return start + timedelta(days=min(int(Decimal(cell.text)), 1_000_000))
    parts = _DAY.fullmatch(cell.text)
    return date(*map(int, parts.groups())) if parts else date.fromisoformat(cell.text)


class _Texts:
    """Pieces of rich text are put together, without the reading aid above signs (rPh)."""

    def __init__(self) -> None:
        self.finished: list[str] = []
        self._pieces: list[str] = []
        self._is_text, self._aside = False, 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._aside += tag == "rPh"
        self._is_text = tag == "t" and not self._aside

    def text(self, piece: str) -> None:
        if self._is_text:
            self._pieces.append(piece)

    def end(self, tag: str) -> None:
        self._is_text, self._aside = False, self._aside - (tag == "rPh")
        if tag == "si":
            self.finished.append("".join(self._pieces)[:MOST_SIGNS])
            self._pieces.clear()


class _Rows(_Texts):
    """Cells between `<row>` and `</row>`; `finished` are rows with something in them."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.finished: list[Row] = []  # type: ignore[assignment]
        self._shared = texts
        self._number, self._column, self._kind, self._has_formula = 0, -1, "n", False
        self._cells: dict[int, Cell] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._column = _column(attributes.get("r"), after=self._column)
            self._kind, self._has_formula = attributes.get("t", "n"), False
        elif tag == "row":
            self._number, self._column = _number(attributes.get("r"), after=self._number), -1
        elif tag == "f":
            self._has_formula = True
        self._aside += tag == "rPh"
        self._is_text = tag in ("v", "t") and not self._aside

    def end(self, tag: str) -> None:
        self._is_text, self._aside = False, self._aside - (tag == "rPh")
        if tag == "c":
            self._end_cell()
        elif tag == "row" and self._cells:
            self.finished.append(Row(self._number, self._cells))
            self._cells = {}

    def _end_cell(self) -> None:
        value = "".join(self._pieces)
        self._pieces.clear()
        if self._column >= MOST_COLUMNS:
            return
        if self._has_formula:
            self._cells[self._column] = Cell(CellKind.FORMULA, "")
            return
        value = (self._shared[int(value)] if self._kind == "s" and value else value).strip()[:MOST_SIGNS]
        if value:
            is_number = self._kind == "n"
            kind, text = (CellKind.NUMBER, _plain_number(value)) if is_number else (CellKind.TEXT, value)
            self._cells[self._column] = Cell(kind, text)


def _refuse_document_type(*_declared: object) -> None:
    raise SheetUnreadable()


def _plain_number(text: str) -> str:
    """13800000001 is written as 1.3800000001E10 by some programs."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 20:  # a power written out could fill the memory
        return text
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _column(place: str | None, *, after: int) -> int:
    if place is None:
        return after + 1
    found = _PLACE.match(place)
    if found is None:
        raise SheetUnreadable()
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    return column - 1


def _number(place: str | None, *, after: int) -> int:
    number = int(place) if place else after + 1
    if number <= after:
        raise SheetUnreadable()
    return number

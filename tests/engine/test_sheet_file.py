"""Excel files as strangers write them: read in the memory of a few rows, or refused."""

import io
import zipfile
from datetime import date

import pytest

from engine import sheet_file
from engine.sheet_file import Cell, CellKind, SheetFile, SheetTooLarge, SheetUnreadable, day_of
from tests.rosters import sheet, with_part

ROWS = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)


def reading(rows: str) -> list[dict[int, Cell]]:
    content = with_part(sheet(), "xl/worksheets/sheet1.xml", ROWS.format(rows).encode())
    return [row.cells for row in SheetFile(content).rows()]


def test_numbers_texts_and_formulas_are_told_apart() -> None:
    (cells,) = reading(
        "<row r='7'><c r='A7'><v>1.3800000001E10</v></c>"
        "<c r='C7' t='inlineStr'><is><r><t>陈</t></r><rPh><t>chen</t></rPh><r><t>一</t></r></is></c>"
        "<c r='D7' t='str'><f>A1</f><v>x</v></c><c r='E7'><v>1E999999999</v></c><c r='F7'/></row>"
    )

    assert cells[0] == Cell(CellKind.NUMBER, "13800000001")
    assert cells[2] == Cell(CellKind.TEXT, "陈一")
    assert cells[3].kind is CellKind.FORMULA
    assert cells[4].text == "1E999999999"
    assert set(cells) == {0, 2, 3, 4}


def test_days_are_numbers_or_words() -> None:
    for text in ("2020-05-06", "2020/5/6", "2020年5月6日", "2020.05.06", "2020-05-06 00:00:00"):
        assert day_of(Cell(CellKind.TEXT, text), counts_from_1904=False) == date(2020, 5, 6)
    for number, from_1904 in (("43957", False), ("42495", True)):
        assert day_of(Cell(CellKind.NUMBER, number), counts_from_1904=from_1904) == date(2020, 5, 6)


def test_a_cell_at_the_far_corner_costs_nothing() -> None:
    assert reading("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>") == [
        {0: Cell(CellKind.NUMBER, "1")}
    ]
    with pytest.raises(SheetUnreadable):
        reading("<row r='5'><c><v>1</v></c></row><row r='4'><c><v>1</v></c></row>")


def test_a_bomb_is_put_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_file, "MOST_SHEET", 100_000)
    with pytest.raises(SheetTooLarge):
        reading(" " * 200_000)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(sheet_file.MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    with pytest.raises(SheetTooLarge):
        SheetFile(many.getvalue())


def test_a_document_type_is_refused() -> None:
    evil = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + ROWS.format(
        "<row r='1'><c r='A1' t='inlineStr'><is><t>&a;</t></is></c></row>"
    )
    content = with_part(sheet(), "xl/worksheets/sheet1.xml", evil.encode())

    with pytest.raises(SheetUnreadable):
        list(SheetFile(content).rows())

"""Tables as files: a workbook, or comma-separated values that the same programs open."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from xlsxwriter import Workbook

Row = Sequence[str | int | None]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDEST = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(kind: str, head: Sequence[str], rows: Iterable[Row], *, at: datetime) -> bytes:
    """`kind` is xlsx or csv; `at` is the moment at which it says to have been made."""
    return _workbook(head, rows, at) if kind == "xlsx" else _csv(head, rows)


def _workbook(head: Sequence[str], rows: Iterable[Row], at: datetime) -> bytes:
    """Texts stay texts: nothing that a person typed becomes a formula or a link."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"created": at})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, ["" if value is None else value for value in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit(WIDEST * 8)
    return stream.getvalue()


def _csv(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """With the mark by which office programs know UTF-8; what begins like a formula is quoted."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(value: str | int | None) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else "" if value is None else value

"""The roster to fill in, and the lines that have to be mended, as Excel files; nothing in them becomes a formula."""

import io
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter
from flask_babel import gettext as _

from engine.queries.rosters import RosterFlawRow
from engine.roster_lines import COLUMNS
from web.language import current_locale, sentence

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_ROWS_AS_TEXT = 20
MUST = ("name", "phone")
# The same template is the same file, whenever it is fetched.
WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - these files know no zone


def column_words(column: str) -> str:
    return COLUMNS[column][current_locale() == "en"] if column in COLUMNS else column


def template_sheet() -> bytes:
    """The columns are text, so that a number that begins with 0 stays whole; the date is a date."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": WRITTEN_AT})
        sheet = book.add_worksheet(_("职工花名册"))
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, _ROWS_AS_TEXT, day if column == "since" else text)
        sheet.data_validation(
            1, len(COLUMNS) - 1, 200_000, len(COLUMNS) - 1, {"validate": "list", "source": ["是", "否"]}
        )
        names = [column_words(column) + ("*" if column in MUST else "") for column in COLUMNS]
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def flaw_sheet(rows: Iterable[RosterFlawRow]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        sheet = book.add_worksheet(_("需要修改的行"))
        for place, width in enumerate((8, 16, 18, 70)):
            sheet.set_column(place, place, width)
        sheet.write_row(0, 0, [_("行"), _("姓名"), _("列"), _("问题")], book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            words = sentence("problems", row.code, **row.params)
            sheet.write_row(number, 0, [row.line, row.name or "", column_words(row.column), words])
    return target.getvalue()

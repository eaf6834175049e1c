"""Entries of the audit as a sheet to read; what somebody typed never becomes a formula or a link."""

import io
import json
from collections.abc import Iterable

import xlsxwriter
from flask_babel import gettext as _

from engine.queries.administration import AdministrationRow
from web import door
from web.people.admin_words import act_facts, act_words


def audit_sheet(rows: Iterable[AdministrationRow]) -> bytes:
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_("审计记录"))
        for column, width in enumerate((8, 20, 14, 14, 18, 40, 30, 60, 68)):
            sheet.set_column(column, column, width)
        names = (
            _("序号"),
            _("时间"),
            _("用户名"),
            _("姓名"),
            _("操作"),
            _("对象"),
            _("理由"),
            _("记载的事实"),
            _("指纹"),
        )
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, _cells(row))
    return target.getvalue()


def _cells(row: AdministrationRow) -> list[str | int]:
    at = row.at.astimezone(door.TIME_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    facts = json.dumps(row.details, ensure_ascii=False, sort_keys=True, default=str)
    return [row.seq, at, row.actor, row.actor_name, act_words(row), act_facts(row), row.reason or "", facts, row.hash]

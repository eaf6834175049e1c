"""Invitation codes as a sheet to print and cut; it is made for one download and kept nowhere."""

import io
from collections.abc import Iterable

import xlsxwriter
from flask_babel import gettext as _

from engine.commands.issue_invitations import InvitationCode


def code_sheet(codes: Iterable[InvitationCode]) -> bytes:
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_("邀请码"))
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 3, 20)
        sheet.write_row(0, 0, [_("单位"), _("姓名"), _("用户名"), _("邀请码")], book.add_format({"bold": True}))
        for number, code in enumerate(codes, 1):
            sheet.write_row(number, 0, [code.organisation, code.name, code.username, code.code])
    return target.getvalue()

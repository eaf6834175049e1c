"""The tabs of a case, as many as it has for its reader; a browser remembers which one somebody last looked at."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from engine.queries.case_file import CaseFile


@dataclass(frozen=True)
class Tab:
    """`count` stands behind the words; `is_due` when it asks for something, which `due` says to who cannot see it."""

    name: str
    words: str
    address: str
    count: Any = None
    is_due: bool = False
    due: str = ""


def case_tabs(file: CaseFile) -> tuple[Tab, ...]:
    found = [
        _tab(file, "overview", _("概览"), "case_page.show"),
        *_negotiation(file),
        *_ballots(file),
        _tab(file, "documents", _("文件"), "case_documents.show", count=_papers(file) or None),
        _tab(file, "timeline", _("时间线"), "case_page.show_timeline"),
    ]
    if not file.is_guest:
        found += [
            _tab(file, "diagram", _("流程图"), "case_page.show_diagram"),
            _tab(file, "people", _("参与方"), "case_page.parties"),
            _tab(file, "notes", _("备注"), "case_notes.show"),
            _tab(file, "audit", _("审计"), "case_page.audit"),
        ]
    return tuple(found)


def address_of_tab(file: CaseFile, name: str) -> str | None:
    """Where a tab is; None for the overview, and for a tab that this case does not have for this reader."""
    return next((tab.address for tab in case_tabs(file)[1:] if tab.name == name), None)


def _negotiation(file: CaseFile) -> list[Tab]:
    mark = file.negotiation
    if not mark:
        return []
    counted = {"count": mark.mine, "is_due": True, "due": _("条待本方回应")} if mark.mine else {}
    told = counted or {"count": f"{mark.agreed}/{mark.total}"}
    return [_tab(file, "negotiation", _("协商文本"), "negotiation.show", **told)]


def _ballots(file: CaseFile) -> list[Tab]:
    if not file.ballots:
        return []
    told = {"count": _("投票中"), "is_due": True} if "open" in file.ballots else {"count": len(file.ballots)}
    return [_tab(file, "ballots", _("表决"), "case_votes.show", **told)]


def _papers(file: CaseFile) -> int:
    return len({document.series_id for document in file.documents})


def _tab(file: CaseFile, name: str, words: str, endpoint: str, **told: Any) -> Tab:
    return Tab(name, words, url_for(f"pages.{endpoint}", case_id=file.case.id), **told)

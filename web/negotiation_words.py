"""Words for the sides of a negotiation, the state of a clause, and what happened to it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from markupsafe import Markup, escape

_SIDES = {"worker": later("职工方"), "employer": later("企业方")}
_STATUS = {
    "open": later("未提出"),
    "proposed": later("协商中"),
    "agreed": later("已达成"),
    "parked": later("已搁置"),
}
_ACTS = {
    "proposed": later("提出文本"),
    "consented": later("同意文本"),
    "agreed": later("同意，双方达成一致"),
    "withdrawn": later("撤回文本"),
    "parked": later("搁置"),
    "reopening_asked": later("申请重新协商"),
    "reopening_declined": later("不同意重新协商"),
    "reopened": later("同意重新协商"),
}
_TAGS = {"added": "ins", "removed": "del"}


def side_words(side: str | None) -> str:
    return str(_SIDES.get(side or "", ""))


def clause_status(clause: Any) -> str:
    """Where a clause stands, and with whom it waits."""
    if clause.reopening_asked_by:
        return _("%(side)s申请重新协商", side=side_words(clause.reopening_asked_by))
    if clause.status == "proposed" and len(clause.awaits) == 1:
        return _("待%(side)s回应", side=side_words(clause.awaits[0]))
    return str(_STATUS.get(clause.status, clause.status))


def clause_act(step: Any) -> str:
    if step.act == "reopened" and step.side is None:
        return _("按职代会的意见重新开放")
    return str(_ACTS.get(step.act, step.act))


def marked(pieces: Any) -> Markup:
    """What came and what went, as a reader with and without eyes can tell."""
    parts = []
    for piece in pieces:
        tag, text = _TAGS.get(piece.kind), escape(piece.text)
        parts.append(Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if tag else text)  # noqa: S704 - our own tags
    return Markup("").join(parts)

"""The button below a notice: where it leads, and what it is called."""

from typing import Any, NamedTuple

from flask_babel import gettext as _

from engine.letters import place_of


class NoticeLink(NamedTuple):
    address: str
    words: str


def notice_link(notice: Any) -> NoticeLink | None:
    """None for a notice that is about nothing one could open."""
    words = _words(notice)
    return NoticeLink(place_of(notice), words) if words else None


def _words(notice: Any) -> str:
    if notice.params.get("ballot_id"):
        return _of_ballot(notice)
    if notice.params.get("roster_import_id"):
        return _("查看导入")
    if notice.params.get("draft_id"):
        return _("打开草稿")
    if notice.params.get("expert_id"):
        return _("查看名册")
    if notice.task_id:
        return _("去发起") if notice.params.get("start") else _("打开任务")
    return _("打开案件") if notice.case_id else ""


def _of_ballot(notice: Any) -> str:
    if notice.params.get("is_scrutineer"):
        return _("监票")
    kind, _rest, _last = notice.kind.partition("_")
    return {"survey": _("去填写"), "demand": _("查看")}.get(kind, _("去投票"))

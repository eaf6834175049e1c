"""Where a request stands, in the words of those who made it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

OUTCOMES = {
    "solved": later("已解决"),
    "partly": later("部分解决"),
    "referred": later("已转有关部门答复"),
    "not_yet": later("暂未解决"),
    "rejected": later("不予受理"),
    "merged": later("已并入其他诉求"),
    "withdrawn": later("已撤回"),
    "cancelled": later("已终止"),
}
SOLVED = {"yes": later("解决了"), "partly": later("部分解决"), "no": later("没有解决")}
POINTS = {"speed": later("响应速度"), "skill": later("专业水平"), "manner": later("服务态度")}
_STAGES = {
    "intake": later("工商联正在受理"),
    "dispatch": later("正在选派专家"),
    "service": later("专家正在服务"),
    "closing": later("正在办结"),
    "archiving": later("已经办结，正在归档"),
    "referral": later("已转有关部门，等待答复"),
}


def headline(row: Any) -> str:
    """In a few words; what is asked of the reader comes first."""
    if row.case.closed_at is not None:
        return str(OUTCOMES.get(row.outcome.code or "", later("已办结")))
    if row.case.status == "suspended":
        return _("已暂停办理")
    if row.tasks:
        return _("现在需要您办理")
    return str(_STAGES.get(row.case.stage or "", later("正在办理")))

"""Words for what administrators did, with the one fact that a reader wants beside it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from web.history_words import ACTIONS
from web.language import day, listed
from web.people.expert_words import expert_facts
from web.people_words import role_words

ACTS = {
    "audit_exported": later("导出审计记录"),
    "expert_absence_ended": later("取消不接派单的日期"),
    "expert_absence_set": later("登记不接派单的日期"),
    "expert_changed": later("修改专家名册"),
    "expert_entered": later("登记特派指导员"),
    "expert_status_set": later("变更特派指导员状态"),
    "experts_imported": later("导入专家名册"),
    "invitations_issued": later("发放邀请码"),
    "login_unlocked": later("解除登录锁定"),
    "membership_begun": later("角色生效"),
    "membership_dropped": later("角色未能生效"),
    "membership_ended": later("终止角色"),
    "membership_granted": later("授予角色"),
    "organisation_added": later("登记单位"),
    "organisation_edited": later("修改单位资料"),
    "password_reset": later("重置密码"),
    "people_registered": later("初始登记"),
    "person_added": later("登记人员"),
    "person_edited": later("修改人员资料"),
    "person_left": later("办理离开"),
    "person_reinstated": later("恢复人员"),
    "stand_in_ended": later("终止代理"),
    "stand_in_named": later("安排代理"),
    "roster_cancelled": later("取消导入花名册"),
    "roster_imported": later("导入花名册"),
    "roster_received": later("上传花名册"),
}
_FIELDS = {
    "name": later("名称"),
    "phone": later("手机号"),
    "post": later("岗位职务"),
    "organisation_id": later("所在单位"),
}


def act_words(row: Any) -> str:
    return str(ACTS.get(row.action) or ACTIONS.get(row.action) or row.action)


def act_facts(row: Any) -> str:
    """Who or what it was about, and what became of it."""
    details = row.details
    said = [str(details[key]) for key in ("person", "organisation", "command") if details.get(key)]
    if row.action.startswith("membership_"):
        said = [str(details.get("person", "")), _membership(details)]
    elif row.action.startswith("stand_in_"):
        said = [_standing_in(details)]
    elif row.action == "organisation_edited":
        said += [listed(str(_FIELDS.get(key, key)) for key in details.get("changes", {}))]
    elif row.action == "person_edited":
        said += [listed(str(_FIELDS.get(key, key)) for key in details.get("changed", ()))]
    elif row.action.startswith("expert"):
        said += expert_facts(row.action, details)
    elif row.action == "roster_imported":
        said += [_("新登记 %(n)s 人", n=details["added"])]
    elif row.action == "people_registered":
        said = [_("%(n)s 人", n=len(details.get("people", ())))]
    elif row.action == "invitations_issued" and not said:
        said = [_("%(n)s 人", n=details.get("count", 0))]
    return " · ".join(part for part in said if part)


def _standing_in(details: Mapping[str, Any]) -> str:
    words = _("%(person)s 代 %(away)s", person=details["stand_in"], away=details["person"])
    days = _("%(first)s 至 %(last)s", first=day(details["starts_on"]), last=day(details["ends_on"]))
    return f"{words} {days}"


def _membership(details: Mapping[str, Any]) -> str:
    place = details.get("town") or details.get("organisation")
    words = role_words(details.get("group", ""))
    until = _("至 %(day)s", day=day(details["ends_on"])) if details.get("ends_on") else ""
    return " ".join(filter(None, [f"{words}（{place}）" if place else words, until]))

"""Words of the register of experts: professions, states, and why nobody is dispatched."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from engine.expert_lines import COLUMNS, PROFESSIONS
from web.language import current_locale, day, listed

STATUSES = {"active": later("在聘"), "suspended": later("暂停"), "dismissed": later("解聘")}
WHY_NOT = {
    "expert_term_over": later("不在聘期内"),
    "expert_licence_expired": later("证书已过期"),
    "expert_absent": later("暂不接单"),
}


def profession_words(profession: str) -> str:
    """A diagram may name a profession that has no word; it shows its key."""
    return PROFESSIONS.get(profession, (profession, profession))[current_locale() == "en"]


def professions() -> list[tuple[str, str]]:
    return [(key, profession_words(key)) for key in PROFESSIONS]


def column_words(column: str) -> str:
    return COLUMNS[column][current_locale() == "en"] if column in COLUMNS else column


def expert_facts(action: str, details: Mapping[str, Any]) -> list[str]:
    """What stands beside an act of an administrator, after the person."""
    if action == "expert_changed":
        return [listed(column_words(key) for key in details["changed"])]
    if action == "expert_status_set":
        return [str(STATUSES[details["status"]])]
    if action == "expert_absence_set":
        return [_("%(first)s 至 %(last)s", first=day(details["starts_on"]), last=day(details["ends_on"]))]
    if action == "experts_imported":
        return [_("新登记 %(added)s 人，更新 %(changed)s 人", added=details["added"], changed=details["changed"])]
    return []

"""Chinese and English words for groups and party roles, and which side of the table they sit on."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

WORDS = {
    "appraiser": later("资产评估师"),
    "bargaining_guide": later("协商指导员"),
    "city_union": later("市总工会"),
    "congress_rep": later("职工代表"),
    "employer_chief": later("企业方首席代表"),
    "employer_negotiator": later("企业方协商代表"),
    "enterprise_hr": later("企业人事"),
    "enterprise_manager": later("企业负责人"),
    "enterprise_union_officer": later("企业工会"),
    "expert_accountant": later("会计师"),
    "expert_appraiser": later("资产评估师"),
    "expert_lawyer": later("律师"),
    "expert_physician": later("医师"),
    "expert_tax": later("税务师"),
    "federation": later("工商联"),
    "hrss_leader": later("人社负责人"),
    "hrss_reviewer": later("人社审查员"),
    "liaison": later("联企干部"),
    "process_designer": later("流程设计员"),
    "recorder": later("记录员"),
    "scrutineer": later("监票人"),
    "system_admin": later("系统管理员"),
    "town_union": later("镇街总工会"),
    "worker": later("职工"),
    "worker_chief": later("职工方首席代表"),
    "worker_negotiator": later("职工方协商代表"),
}
_WORKERS = {"worker_chief", "worker_negotiator", "congress_rep", "enterprise_union_officer", "scrutineer", "worker"}
_EMPLOYER = {"employer_chief", "employer_negotiator", "enterprise_manager", "enterprise_hr"}


def role_words(role: str) -> str:
    """A role without a word shows its key, so that a new process is readable before it is translated."""
    return str(WORDS.get(role, role))


def parties_by_side(parties: Iterable[Any]) -> list[tuple[str, dict[str, list[Any]]]]:
    """Sides of the table with their roles and the people in them; empty sides are left out."""
    sides: dict[str, dict[str, list[Any]]] = {"workers": {}, "employer": {}, "others": {}}
    for party in parties:
        sides[_side(party.role)].setdefault(party.role, []).append(party)
    names = {"workers": _("职工方"), "employer": _("企业方"), "others": _("其他参与人")}
    return [(names[side], roles) for side, roles in sides.items() if roles]


def _side(role: str) -> str:
    if role in _WORKERS:
        return "workers"
    return "employer" if role in _EMPLOYER else "others"

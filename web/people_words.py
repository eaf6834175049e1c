"""Words for groups and party roles, and which side of the table they sit on."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from web.language import listed, sentence

_WORKERS = {"worker_chief", "worker_negotiator", "congress_rep", "enterprise_union_officer", "scrutineer", "worker"}
_EMPLOYER = {"employer_chief", "employer_negotiator", "enterprise_manager", "enterprise_hr"}


def role_words(role: str) -> str:
    """A role without a word shows its key, so that a new process is readable before it is translated."""
    return sentence("groups", role)


def candidate_words(task: Any) -> str:
    """Who may do it: people that are named, and groups."""
    return listed([*task.candidate_names, *map(role_words, task.candidate_groups)])


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

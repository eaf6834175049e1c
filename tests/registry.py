"""Administrators at work, for tests: people and rights without a page."""

from collections.abc import Mapping
from typing import Any

from engine.commands.add_organisation import AddOrganisation
from engine.commands.add_person import AddPerson
from engine.commands.grant_membership import GrantMembership
from engine.model import HistoryEntry, Organisation, Person
from tests.city import City

LIGHT = {
    "name": "永康市明灯电器有限公司",
    "uscc": "91330784MA2NEXY03P",
    "town": "古山镇",
    "address": "古山镇明灯路 1 号",
    "industry": "电气机械和器材制造业",
    "ownership": "民营",
    "above_scale": False,
    "legal_rep": "朱明",
    "contact_name": "朱明",
    "contact_phone": "13800000009",
    "union_status": "未建会",
    "staff_total": 20,
    "staff_female": 8,
}


def add_enterprise(city: City, **changes: Any) -> str:
    return city.run(AddOrganisation(kind="enterprise", answers={**LIGHT, **changes}), by="admin")


def add_person(city: City, username: str = "zhu", **changes: Any) -> str:
    return city.run(AddPerson(answers={"username": username, "name": "朱小灯", **changes}), by="admin")


def grant(city: City, person_id: str, group: str, **more: Any) -> str:
    answers: Mapping[str, Any] = {"group": group, "reason": "按分工", **more}
    return city.run(GrantMembership(person_id=person_id, answers=answers), by="security")


def id_of(city: City, username: str) -> str:
    return city.rows(Person, Person.username == username)[0].id


def organisation_id(city: City, name: str) -> str:
    return city.rows(Organisation, Organisation.name == name)[0].id


def administration(city: City) -> list[HistoryEntry]:
    """The acts of administrators after the first people were entered, oldest first."""
    entries = city.rows(HistoryEntry, HistoryEntry.stream == "administration", HistoryEntry.actor != "system")
    return sorted(entries, key=lambda entry: entry.seq)

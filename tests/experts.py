"""Lines of the register of experts, for tests that need some."""

from datetime import date
from typing import Any

from engine.model import Expert, ExpertOffer
from engine.model.expert import ExpertStatus, Profession
from tests.city import City

EMPLOYERS = {"lawyer1": "浙江永信律师事务所", "lawyer2": "浙江丽州律师事务所", "lawyer3": "浙江方岩律师事务所"}


def appoint_experts(city: City, *usernames: str, **facts: Any) -> None:
    """These people are in the register, as lawyers unless said otherwise."""
    with city.session() as session, session.begin():
        session.add_all(Expert(**_line(city, name, facts)) for name in usernames)


def _line(city: City, name: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "person_id": city.actor(name).person_id,
        "profession": Profession.LAWYER,
        "licence_no": f"1330720{name}",
        "licence_until": date(2027, 12, 31),
        "employer": EMPLOYERS.get(name, "永康市某某事务所"),
        "fields": [],
        "towns": [],
        "max_open": 3,
        "term_from": date(2025, 1, 1),
        "term_to": date(2027, 12, 31),
        "status": ExpertStatus.ACTIVE,
        "changed_at": city.clock.now,
        **facts,
    }


def outcomes(city: City, case_id: str) -> dict[str, str]:
    """What became of the offers of a case, by who was asked; of several the last."""
    names = {city.actor(name).person_id: name for name in (*EMPLOYERS, "tax1")}
    rows = city.rows(ExpertOffer, ExpertOffer.case_id == case_id)
    return {names[row.person_id]: row.outcome for row in sorted(rows, key=lambda row: (row.offered_at, row.round))}

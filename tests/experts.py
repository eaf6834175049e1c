"""The register of experts for tests: lines that are simply there, somebody who is entered, lines of a file."""

import io
from datetime import date
from typing import Any

import xlsxwriter

from engine.commands.enter_expert import EnterExpert
from engine.commands.import_experts import ExpertsEntered, ImportExperts
from engine.expert_lines import COLUMNS
from engine.model import Expert, ExpertOffer
from engine.model.expert import ExpertStatus, Profession
from tests.city import City
from tests.registry import id_of

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


ANSWERS = {
    "profession": "lawyer",
    "employer": "浙江丽州律师事务所",
    "licence_no": "1330799901000001",
    "licence_until": "2027-12-31",
    "fields": "劳动争议、合同纠纷",
    "towns": ["古山镇"],
    "term_from": "2026-01-01",
    "term_to": "2028-12-31",
    "max_open": 3,
}
LINE = {
    "person": "lawyer1",
    "name": "章律之",
    "profession": "律师",
    "employer": "浙江丽州律师事务所",
    "licence_no": "1330799901000001",
    "licence_until": "2027-12-31",
    "fields": "劳动争议，合同纠纷",
    "towns": "古山镇、东城街道",
    "term_from": "2026-01-01",
    "term_to": "2028-12-31",
    "max_open": 4,
}


def enter_expert(
    city: City, username: str = "lawyer1", *, by: str = "federation", seen: int = 0, **changes: Any
) -> str:
    """Gives the id of the person."""
    person_id = id_of(city, username)
    city.run(EnterExpert(person_id=person_id, answers={**ANSWERS, **changes}, seen=seen), by=by)
    return person_id


def expert(city: City, username: str = "lawyer1") -> Expert:
    (found,) = city.rows(Expert, Expert.person_id == id_of(city, username))
    return found


def expert_sheet(*lines: dict[str, Any], header: tuple[str, ...] | None = None) -> bytes:
    target = io.BytesIO()
    names = header or tuple(words[0] for words in COLUMNS.values())
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("名册")
        page.write_row(0, 0, names)
        for number, line in enumerate(lines, 1):
            page.write_row(number, 0, [line.get(column, "") for column in COLUMNS])
    return target.getvalue()


def import_experts(city: City, *lines: dict[str, Any], by: str = "federation") -> ExpertsEntered:
    return city.run(ImportExperts(filename="名册.xlsx", content=expert_sheet(*lines)), by=by)

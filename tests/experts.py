"""The register of experts for tests: somebody who can be entered, and lines of a file."""

import io
from typing import Any

import xlsxwriter

from engine.commands.enter_expert import EnterExpert
from engine.commands.import_experts import ExpertsEntered, ImportExperts
from engine.expert_lines import COLUMNS
from engine.model import Expert
from tests.city import City
from tests.registry import id_of

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

from typing import Any

import pytest

from engine.commands.import_experts import ExpertLinesRejected, ExpertsEntered, ImportExperts
from engine.errors import Rejected
from engine.expert_lines import (
    MOST_LINES,
    ExpertColumnsMissing,
    ExpertSheetEmpty,
    ExpertSheetTooLong,
)
from engine.model import Expert
from engine.permissions import NotInGroup
from engine.sheet_file import SheetUnreadable
from tests.city import City
from tests.experts import LINE, enter_expert, expert, expert_sheet, import_experts
from tests.registry import administration

SECOND = {
    **LINE,
    "person": "tax1",
    "name": "",
    "profession": "税务师",
    "licence_no": "3307999900000001",
    "towns": "",
    "max_open": "",
}


def flaws(city: City, *lines: dict[str, Any]) -> list[tuple[str, str]]:
    before = len(city.rows(Expert))
    with pytest.raises(ExpertLinesRejected) as refusal:
        import_experts(city, *lines)
    assert len(city.rows(Expert)) == before
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def refused(city: City, content: bytes) -> type[Rejected]:
    with pytest.raises(Rejected) as refusal:
        city.run(ImportExperts(filename="名册.xlsx", content=content), by="federation")
    return type(refusal.value)


def test_lines_are_entered_and_changed_and_the_same_file_twice_changes_nothing(people: City) -> None:
    enter_expert(people, "lawyer1", max_open=3)
    assert import_experts(people, LINE, SECOND) == ExpertsEntered(added=1, changed=1)

    first, second = expert(people), expert(people, "tax1")
    assert (first.max_open, first.towns, first.fields) == (4, ["古山镇", "东城街道"], ["劳动争议", "合同纠纷"])
    assert (second.max_open, second.towns, second.profession) == (3, [], "tax_adviser")
    entry = administration(people)[-1]
    assert (entry.action, entry.details["added"], entry.details["changed"]) == ("experts_imported", 1, 1)
    assert import_experts(people, LINE, SECOND) == ExpertsEntered(added=0, changed=0)


def test_one_wrong_line_refuses_all_and_every_flaw_stands_by_line(people: City) -> None:
    broken = {
        **LINE, "person": "lawyer2", "name": "俞敏", "licence_until": "明年", "towns": "无此镇", "max_open": "多",
        "employer": "",
    }  # fmt: skip

    found = flaws(people, LINE, broken, {**LINE, "name": ""}, {**SECOND, "person": "nobody"})

    assert set(found) == {
        ("3.name", "name_differs"), ("3.licence_until", "not_a_date"), ("3.towns", "not_an_option"),
        ("3.max_open", "not_a_number"), ("3.employer", "required"), ("4.person", "expert_twice"),
        ("5.person", "unknown_person"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"profession": "会计师"}, ("2.profession", "not_of_this_profession")),
        ({"profession": "教师"}, ("2.profession", "not_an_option")),
        ({"max_open": 11}, ("2.max_open", "too_large")),
        ({"term_to": "2025-01-01"}, ("2.term_to", "check_failed")),
        ({"licence_no": 1330799901000001}, ("2.licence_no", "licence_not_text")),
        ({"person": ""}, ("2.person", "required")),
        ({"employer": "=1+1"}, ("2.employer", "cell_formula")),
    ],
)
def test_a_line_meets_the_rules_of_the_form(people: City, changes: dict[str, Any], found: tuple[str, str]) -> None:
    assert found in flaws(people, {**LINE, **changes})


def test_what_is_no_register_is_refused_as_a_whole(people: City) -> None:
    assert refused(people, b"no sheet") is SheetUnreadable
    assert refused(people, expert_sheet()) is ExpertSheetEmpty
    assert refused(people, expert_sheet(LINE, header=("姓名", "专业"))) is ExpertColumnsMissing
    assert refused(people, expert_sheet(*[LINE] * (MOST_LINES + 1))) is ExpertSheetTooLong


def test_a_status_is_not_changed_by_a_file_and_others_may_not_import(people: City) -> None:
    with pytest.raises(NotInGroup):
        import_experts(people, LINE, by="admin")
    assert people.rows(Expert) == []

"""A vote has an answer and two ways, four eyes are two people, a legal deadline leads somewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from engine.calendar.rules import RulePack
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import check_bundle
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.safeguards import deadlines_lead_somewhere, four_eyes_of_one, votes
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Flow, Process
from engine.groups import GROUPS
from services import SERVICES

CODES = {
    "vote_without_result", "vote_without_fail_path", "four_eyes_of_one", "overdue_leads_nowhere", "not_always_written",
    "read_before_written", "statutory_without_clock", "due_date_without_clock", "overdue_unheard", "secret_told",
}  # fmt: skip
PROCESSES = sorted(path.parent for path in Path("bpmn").glob("*/README.md"))
Changed = Callable[[str], str]


def said(folder: Path, **changed: Changed) -> list[LintProblem]:
    files = bundle_files(folder)
    for name, change in changed.items():
        before = files[f"{name}.bpmn"].decode()
        files[f"{name}.bpmn"] = change(before).encode()
        assert files[f"{name}.bpmn"] != before.encode()
    report = check_bundle(files, services=SERVICES, groups=GROUPS)
    return [problem for problem in report.problems if problem.code in CODES]


@pytest.mark.parametrize("folder", PROCESSES, ids=lambda folder: folder.name)
def test_the_processes_of_the_city_have_all_of_it(folder: Path) -> None:
    assert said(folder) == []


def test_a_vote_whose_result_nobody_waits_for_is_told() -> None:
    found = said(
        Path("bpmn/wage_consultation"),
        secret_ballot=lambda text: text.replace('name="ballot_closed"', 'name="something_else"'),
    )

    assert [(p.code, p.severity, p.element_id) for p in found] == [("vote_without_result", "warning", "open_ballot")]
    assert "ballot_closed" in found[0].text("zh")


def lone(*elements: Element, flows: tuple[Flow, ...] = ()) -> Draft:
    process = Process("p", "P", elements={element.id: element for element in elements}, flows=flows)
    known = {"forms": {}, "decisions": {}, "rules": RulePack(""), "services": frozenset(), "groups": frozenset()}
    return Draft(process=process, tree=etree.Element("x"), path="p.bpmn", processes={"p": process}, **known)


def test_two_steps_of_one_person_are_no_four_eyes() -> None:
    first = Element("first", "userTask", assignee='= "boss"')
    same = Element("second", "userTask", assignee='= "boss"', properties={"four_eyes": "first"})
    other = Element("second", "userTask", assignee='= "hr"', properties={"four_eyes": "first"})

    assert [p.code for p in four_eyes_of_one(lone(first, same))] == ["four_eyes_of_one"]
    assert list(four_eyes_of_one(lone(first, other))) == []


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ('= ["ann"]', '= "ann"', ["four_eyes_of_one"]),
        ("ann", "ann", ["four_eyes_of_one"]),
        ('= ["ann", "bob"]', '= ["ann"]', []),
        ("ann", "bob", []),
        ("= chosen", '= "ann"', []),
    ],
)
def test_four_eyes_are_two_of_the_people_that_are_named(first: str, second: str, codes: list[str]) -> None:
    one = Element("first", "userTask", candidate_users=first)
    other = Element("second", "userTask", candidate_users=second, properties={"four_eyes": "first"})

    assert [p.code for p in four_eyes_of_one(lone(one, other))] == codes


def test_a_group_has_more_than_one_person() -> None:
    one = Element("first", "userTask", candidate_users="ann", candidate_groups=("union",))
    other = Element("second", "userTask", candidate_users="ann", properties={"four_eyes": "first"})

    assert list(four_eyes_of_one(lone(one, other))) == []


def test_a_legal_deadline_needs_a_way_out() -> None:
    late = Element("late", "boundaryEvent", event="timer", attached_to="t", properties={"clock": "filing_days"})

    assert [p.code for p in deadlines_lead_somewhere(lone(late))] == ["overdue_leads_nowhere"]
    assert list(deadlines_lead_somewhere(lone(late, flows=(Flow("f", "late", "end"),)))) == []


def test_what_was_voted_down_needs_a_way_of_its_own() -> None:
    opened = Element("open", "serviceTask", service="ballot/open")
    closed = Element("r", "receiveTask", message="ballot_closed")
    asked, end = Element("g", "exclusiveGateway"), Element("end", "endEvent")
    straight = (Flow("a", "open", "r"), Flow("b", "r", "g"), Flow("c", "g", "end"))

    assert [p.code for p in votes(lone(opened, closed, asked, end, flows=straight))] == ["vote_without_fail_path"]
    assert list(votes(lone(opened, closed, asked, end, flows=(*straight, Flow("d", "g", "open"))))) == []

"""A vote on a wage contract in tests: a small process of its own with the forms of the wage consultation."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.model import Ballot
from tests.ballots import Congress
from tests.city import City
from tests.inventory.notation import diagram

FORMS = ("contract_draft", "skill_wages", "my_wages")
VOTED_TWICE = """
begin -> start_clean -> draft -> allow -> first_vote -> first_counted
first_counted -> again -> second_vote -> second_counted -> after -> finish
script start_clean: does = {{worker_draft_reason: null, employer_draft_reason: null, 协商: AGREED}}
user draft: form contract_draft
user allow: form skill_wages
service first_vote: type ballot/open; {inputs}; out ballot = ballot
catch first_counted: message ballot_closed; out result = result
user again: form contract_draft
service second_vote: type ballot/open; {inputs}; out ballot = ballot
catch second_counted: message ballot_closed; out result = result
user after
message ballot_closed: = ballot
"""
CANDIDATES = '[{name: "李秀英"}, {name: "王建国"}, {name: "陈小红"}]'
ELECTION = f'{{title: "监督检查小组职工方成员", kind: "election", candidates: {CANDIDATES}, places: 2}}'
DRAFT = '"2026 年度工资专项集体合同（草案）"'


def wage_vote(city: City, *, election: bool = False) -> Congress:
    """A case with an open ballot on the example draft, or on that and an election; another one may follow."""
    asked = {
        "title": '"2026 年度工资专项集体合同草案表决"',
        "motions": f"[{DRAFT}, {ELECTION}]" if election else f"[{DRAFT}]",
        "scrutineers": '["chair", "guide"]',
        "closes_at": '现在 + duration("P1DT3H5M")',
        "forms": '["contract_draft", "skill_wages"]',
        "estimate": '"my_wages"',
    }
    text = VOTED_TWICE.format(inputs="; ".join(f"in {name} = {value}" for name, value in asked.items()))
    text = text.replace("AGREED", agreed_text())
    city.deploy({"voted_twice.bpmn": diagram(text, process="voted_twice"), **_files()})
    case_id = city.run(StartCase(process="voted_twice"), by="hr")
    for step, form in (("draft", "contract_draft"), ("allow", "skill_wages")):
        fill_in(city, case_id, step, example(form))
    (ballot,) = city.rows(Ballot, Ballot.case_id == case_id)
    return Congress(city, case_id, ballot.id)


def agreed_text() -> str:
    """What the negotiation leaves when all clauses are agreed, as FEEL: the draft begins with it."""
    around = json.loads(Path("forms/wage_consultation/examples/contract_draft.context.json").read_text("utf-8"))
    return json.dumps(around["variables"]["协商"], ensure_ascii=False)


def vote_again(first: Congress, **changed: Any) -> Congress:
    """Count the first ballot, change the draft, open the second."""
    first.close()
    fill_in(first.city, first.case_id, "again", {**example("contract_draft"), **changed})
    ballots = first.city.rows(Ballot, Ballot.case_id == first.case_id, Ballot.id != first.ballot_id)
    return Congress(first.city, first.case_id, ballots[0].id)


def fill_in(city: City, case_id: str, step: str, answers: dict[str, Any]) -> None:
    task = city.task_at(case_id, step)
    city.run(ClaimTask(task_id=task.id), by="hr")
    city.run(CompleteTask(task_id=task.id, answers=answers), by="hr")


def example(form: str) -> dict[str, Any]:
    path = Path(f"forms/wage_consultation/examples/{form}.valid.json")
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def _files() -> dict[str, bytes]:
    files = bundle_files(Path("bpmn/wage_consultation"))
    wanted = {f"{form}.form" for form in FORMS}
    return {path: text for path, text in files.items() if path.startswith("rules/") or Path(path).name in wanted}

"""Requests of 五师助企 as tests need them: filed, triaged, taken, with a visit agreed."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.enter_expert import EnterExpert
from engine.commands.start_case import StartCase
from seeds.demo_experts import demo_experts
from tests.city import City

EXAMPLES = Path(__file__).resolve().parents[1] / "forms" / "expert_dispatch" / "examples"
HILL = "永康市远山门业有限公司"


def example(form: str) -> dict[str, Any]:
    """The answers of an example of a form of this process."""
    found: dict[str, Any] = json.loads((EXAMPLES / f"{form}.json").read_text("utf-8"), parse_float=Decimal)
    return dict(found.get("answers", found))


def register_demo_experts(city: City) -> None:
    """All of them at work: in the demo one is away."""
    for answers in demo_experts(city.clock.now.date()):
        city.run(EnterExpert(answers=answers), by="security")


def do(city: City, case_id: str, element_id: str, by: str, answers: dict[str, Any]) -> None:
    task = city.task_at(case_id, element_id)
    if task.assignee_id != city.actor(by).person_id:
        city.run(ClaimTask(task_id=task.id), by=by)
    city.run(CompleteTask(task_id=task.id, answers=answers), by=by)


def offered_request(city: City, **answers: Any) -> str:
    """Lawyers are asked; gives the id of the case."""
    request = {**example("request.valid"), **answers}
    case_id = city.run(StartCase(process="expert_dispatch", answers=request, enterprise=HILL), by="boss2")
    do(city, case_id, "accept_request", "federation", example("acceptance.valid"))
    do(city, case_id, "confirm_triage", "federation", example("triage.valid"))
    return str(case_id)


def visit_agreed(city: City, *, at: str, place: str = "东城街道远山路 6 号", **answers: Any) -> str:
    """`lawyer1` has taken it and comes to the door."""
    case_id = offered_request(city, **answers)
    do(city, case_id, "answer_offer", "lawyer1", example("conflict_declaration.valid"))
    contact = {**example("first_contact.valid.visit"), "visit_planned_at": at, "visit_plan_place": place}
    do(city, case_id, "first_contact", "lawyer1", contact)
    return case_id

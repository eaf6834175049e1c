"""Every form has examples of what it takes and of what it refuses; each is tried against the form."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.calendar import WorkCalendar, compute_deadline, seed_days, seed_years
from engine.calendar.rules import RulePack
from engine.definitions.form import AnswersRejected, Form, problem_text
from engine.feel import HostFunction
from seeds.demo_data import STAR, people
from tests.architecture.source_tree import ROOT

FORMS = sorted((ROOT / "forms").glob("*/*.form"))
EXAMPLES = sorted(path for path in (ROOT / "forms").glob("*/examples/*.json") if ".context." not in path.name)
VALID = [path for path in EXAMPLES if ".valid" in path.name]
INVALID = [path for path in EXAMPLES if ".invalid." in path.name]
FILE_ENDINGS = (".pdf", ".jpg", ".png", ".docx", ".amr")


@cache
def rules() -> RulePack:
    return RulePack.load({path.name: path.read_bytes() for path in (ROOT / "rules/yongkang").glob("*.yml")})


@cache
def calendar() -> WorkCalendar:
    days = {entry.day: entry.kind for entry in seed_days()}
    return WorkCalendar(region="yongkang", days=days, official_years=frozenset(seed_years()), version="test")


@cache
def form(path: Path) -> Form:
    return Form.parse(path.read_bytes(), str(path))


def form_of(example: Path) -> Form:
    return form(example.parent.parent / f"{example.name.split('.')[0]}.form")


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def surroundings(example: Path) -> Mapping[str, Any]:
    return read(example.with_name(f"{example.name.split('.')[0]}.context.json"))


def people_of_star(parties: Mapping[str, str]) -> list[dict[str, Any]]:
    inside = [p for p in people() if any(e.enterprise == STAR for e in p.enrolments)]
    scopes = {p.username: ["enterprise", *(e.group for e in p.enrolments)] for p in inside}
    roles = {name: [role] for name, role in parties.items()}
    return [{"label": n, "value": n, "scopes": [*s, *roles.get(n, [])]} for n, s in scopes.items()]


def file_names(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value} if value.endswith(FILE_ENDINGS) else set()
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {name for part in parts for name in file_names(part)}


def context(example: Path, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the task would give the form: `variables` of the case, people, files, rules, the time."""
    around = surroundings(example)
    now = datetime.fromisoformat(around["now"])
    parties = {"chair": "worker_chief", "boss": "employer_chief"}
    parties |= {f"rep{n}": "worker_negotiator" for n in range(1, 5)}
    parties |= dict.fromkeys(("hr", "worker1", "worker2"), "employer_negotiator")
    return {
        **around.get("variables", {}),
        "今天": now.date(),
        "现在": now,
        "规则": HostFunction("规则", ("key",), lambda key: rules().setting(key, now.date())),
        "期限": HostFunction("期限", ("rule", "start"), deadline),
        "工作日后": HostFunction("工作日后", ("start", "days"), workdays_after),
        "people": people_of_star(parties),
        "documents": [{"id": name, "name": name, "size": 1000} for name in file_names(answers)],
    }


def workdays_after(start: Any, days: Any) -> Any:
    return calendar().add_workdays(start, int(days))


def deadline(rule: str, start: Any) -> Any:
    return compute_deadline(rules().clock(rule), start, calendar()).due_on


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_form_has_an_example_it_takes_and_one_it_refuses(path: Path) -> None:
    names = [example.name for example in EXAMPLES if example.parent.parent == path.parent]

    assert any(name.startswith(f"{path.stem}.valid") for name in names)
    assert any(name.startswith(f"{path.stem}.invalid.") for name in names)


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.stem)
def test_a_valid_example_is_taken(example: Path) -> None:
    answers = read(example)

    accepted = form_of(example).accept(answers, context(example, answers))

    assert answers.keys() <= accepted.values.keys()


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_is_refused_for_the_reason_in_its_name(example: Path) -> None:
    answers, why = read(example), example.name.removesuffix(".json").split(".invalid.")[1]

    with pytest.raises(AnswersRejected) as refusal:
        form_of(example).accept(answers, context(example, answers))

    found = {f"{problem.path}: {problem.code}" for problem in refusal.value.problems}
    assert set(surroundings(example)["refused_for"][why]) <= found


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_a_refusal_says_what_to_do_in_chinese(example: Path) -> None:
    answers = read(example)

    with pytest.raises(AnswersRejected) as refusal:
        form_of(example).accept(answers, context(example, answers))

    sentences = [problem_text(problem) for problem in refusal.value.problems]
    assert all(any("一" <= sign <= "鿿" for sign in sentence) for sentence in sentences)

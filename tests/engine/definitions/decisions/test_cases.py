"""Whole models and what they answer, from `cases.yml`."""

from pathlib import Path

import pytest
import yaml

from engine.definitions.decisions.decision import Decision
from engine.errors import EngineError
from engine.feel import compile_expression, to_json
from tests.engine.definitions.tables import model, read

MODELS = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
QUESTIONS = [
    pytest.param(entry["dmn"], given, gives, id=f"{entry['about']}: {given}")
    for entry in MODELS
    for given, gives in entry["asks"].items()
]


def top(dmn: str) -> Decision:
    """The decision that no other needs."""
    found = read(model(dmn))
    assert found.problems == ()
    needed = {inner.id for decision in found.decisions for inner in decision.requires}
    (decision,) = [decision for decision in found.decisions if decision.id not in needed]
    return decision


def answer(decision: Decision, given: str) -> object:
    try:
        return to_json(decision.evaluate(feel(given)))  # type: ignore[arg-type]
    except EngineError as refusal:
        return f"!{refusal.code}"


def feel(text: str) -> object:
    names = ("annual income", "staff count", "the case", "years of work", "level name")
    return compile_expression(text, names=names).evaluate({})


@pytest.mark.parametrize(("dmn", "given", "gives"), QUESTIONS)
def test_a_model_answers_as_the_standard_says(dmn: str, given: str, gives: str) -> None:
    wanted = gives if gives.startswith("!") else to_json(feel(gives))

    assert answer(top(dmn), given) == wanted


@pytest.mark.parametrize("entry", MODELS, ids=lambda entry: entry["about"])
def test_only_names_of_the_case_are_free(entry: dict[str, object]) -> None:
    decision = top(str(entry["dmn"]))

    given = {name for question in entry["asks"] for name in feel(question)}  # type: ignore[attr-defined,union-attr]
    assert decision.free_names <= given

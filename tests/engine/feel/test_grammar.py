"""The grammar of the standard, construct by construct."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.feel import FeelSyntaxError, compile_expression
from tests.engine.feel.cases import is_same, value

RULES = yaml.safe_load((Path(__file__).parent / "grammar.yml").read_text("utf-8"))
GIVEN = [(rule["rule"], *line.rsplit(" → ", 1)) for rule in RULES for line in rule["gives"].splitlines()]
REFUSED = [(rule["rule"], line) for rule in RULES for line in rule["refused"].splitlines()]


def _named(expression: str) -> dict[str, Any]:
    return {"not a function": 1} if "not a function" in expression else {}


@pytest.mark.parametrize(("rule", "expression", "wanted"), GIVEN, ids=[case[1] for case in GIVEN])
def test_what_follows_the_grammar_has_a_value(rule: str, expression: str, wanted: str) -> None:
    found = value(expression, **_named(expression))

    assert is_same(found, json.loads(wanted, parse_float=Decimal)), (rule, found)


@pytest.mark.parametrize(("rule", "expression"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_breaks_the_grammar_is_refused_with_its_place(rule: str, expression: str) -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression(expression)

    assert 0 <= refusal.value.position <= len(expression), rule

"""Another FEEL as a witness: results that @bpmn-io/feelin gave, and where and why ours differ."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.engine.feel.cases import value

CASES = json.loads((Path(__file__).parent / "feelin_cases.json").read_text("utf-8"))


def is_near(found: Any, wanted: Any) -> bool:
    """The witness computes in doubles."""
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(is_near, found, wanted))
    if isinstance(found, bool) or not isinstance(wanted, int | float):
        return found == wanted and type(found) is type(wanted)
    return found is not None and abs(float(found) - wanted) <= 1e-9 * max(1, abs(wanted))


@pytest.mark.parametrize("case", CASES["agreed"], ids=lambda case: case["expression"])
def test_both_give_the_same(case: dict[str, Any]) -> None:
    if case.get("error"):
        with pytest.raises(FeelSyntaxError):
            compile_expression(case["expression"])
    else:
        assert is_near(value(case["expression"]), case["result"])


@pytest.mark.parametrize("case", CASES["differences"], ids=lambda case: case["expression"])
def test_where_they_differ_the_reason_is_written_down(case: dict[str, Any]) -> None:
    assert case["why"]
    assert is_near(value(case["expression"]), case["ours"])
    assert not is_near(case["ours"], case["feelin"])

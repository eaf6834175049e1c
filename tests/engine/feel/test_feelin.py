"""Another FEEL as a witness: what @bpmn-io/feelin answered, and where and why ours differs.

The recorded answers are checked without Node. With Node they are asked for again, and some thousand random expressions
and cells are compared too; every difference must have one of the recorded reasons.
"""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.engine.feel import grammar, witness
from tests.engine.feel.differences import OF_EXPRESSIONS, reason_for

RECORDED = json.loads((witness.HERE / "feelin_cases.json").read_text("utf-8"))
AGREED, DIFFERENCES, REASONS = RECORDED["agreed"], RECORDED["differences"], RECORDED["reasons"]
EXAMPLES = 2_500


def _title(case: dict[str, Any]) -> str:
    return case.get("expression") or f"{case['cell']} for {json.dumps(case['tested'], ensure_ascii=False)}"


@pytest.mark.parametrize("case", AGREED, ids=_title)
def test_both_give_the_same(case: dict[str, Any]) -> None:
    ours = witness.our_answer(case, grammar.CONTEXT)

    assert witness.agree(ours, case["result"]), ours


@pytest.mark.parametrize("case", DIFFERENCES, ids=_title)
def test_where_they_differ_the_reason_is_written_down(case: dict[str, Any]) -> None:
    ours = witness.our_answer(case, grammar.CONTEXT)

    assert witness.agree(ours, case["ours"]), ours
    assert not witness.agree(ours, case["feelin"])
    assert reason_for(case, ours, case["feelin"], grammar.CONTEXT) == case["reason"]


def test_every_reason_says_who_is_right_by_which_clause_and_has_an_example() -> None:
    assert {case["reason"] for case in DIFFERENCES} == REASONS.keys()
    assert REASONS.keys() >= OF_EXPRESSIONS.keys()
    for reason in REASONS.values():
        assert reason["right"] in ("ours", "feelin", "both")
        assert reason["clause"].startswith("10.3.")
        assert reason["says"].endswith(".")


def test_the_witness_still_says_what_was_recorded() -> None:
    cases = [*AGREED, *DIFFERENCES]

    answers = witness.ask(cases, grammar.CONTEXT)

    recorded = [case.get("result", case.get("feelin")) for case in cases]
    assert [case for case, now, then in zip(cases, answers, recorded, strict=True) if now != then] == []


def _generated(strategy: st.SearchStrategy[Any]) -> list[Any]:
    found: list[Any] = []

    @seed(20261123)
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def _unexplained(cases: list[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], Any, Any]]:
    for case, theirs in zip(cases, witness.ask(cases, grammar.CONTEXT), strict=True):
        ours = witness.our_answer(case, grammar.CONTEXT)
        if not witness.agree(ours, theirs):
            yield case, ours, theirs


def test_random_expressions_differ_only_for_a_known_reason() -> None:
    """An expression counts as different by itself only when none of its closed parts is different already."""
    pieces = {part.text: part for piece in _generated(grammar.expressions) for part in piece.closed()}

    different = {
        case["expression"]: (case, *answers)
        for case, *answers in _unexplained([{"expression": text} for text in pieces])
    }

    roots = [
        found
        for text, found in different.items()
        if not any(part.text in different for child in pieces[text].parts for part in child.closed())
    ]
    assert len(pieces) > EXAMPLES
    assert [found for found in roots if reason_for(*found, grammar.CONTEXT) is None] == []


def test_random_cells_differ_only_for_a_known_reason() -> None:
    cells = {json.dumps(found): found for found in _generated(st.tuples(grammar.cells, grammar.tested))}
    cases = [{"cell": cell, "tested": tested} for cell, tested in cells.values()]

    different = list(_unexplained(cases))

    assert len(cases) > EXAMPLES / 3
    assert [found for found in different if reason_for(*found, grammar.CONTEXT) is None] == []

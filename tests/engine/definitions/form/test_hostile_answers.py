"""Whatever is sent: the answers are taken, or refused with sentences. Nothing else happens."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definitions.form import Form, problem_text
from tests.engine.definitions.form.small_forms import (
    a_form,
    computed,
    group,
    hidden_when,
    number,
    problems,
    refused,
    rows,
    select,
    text,
    tick,
)
from tests.timing import within

FORM = a_form(
    text("a", validate={"required": True}),
    number("n", properties={"check": "=n > 3", "check_message": "{{n}}"}),
    tick("t"),
    select("s", "x", 1, True),
    {"type": "checklist", "key": "c", "values": ["x", "y"]},
    {"type": "datetime", "key": "d", "subtype": "datetime"},
    {"type": "filepicker", "key": "f", "multiple": True},
    group("g", text("a"), number("n", **hidden_when("=t"))),
    rows("r", text("a"), tick("t"), number("n", **hidden_when("=t")), computed("e", "=n * 2")),
    computed("total", "=sum(r.e)"),
    {"type": "text", "text": "{{a}} {{r}} {{g.a}}"},
)
KEYS = st.sampled_from(
    ["a", "n", "t", "s", "c", "d", "f", "g", "r", "e", "total", "typename", "_schema", "__proto__", "x.y", ""]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=8)
    | st.sampled_from(["x", "d1", "2026-11-23T09:00", "\ud800", "\x00", "typename"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
ANSWERS = st.dictionaries(KEYS, VALUES, max_size=8)
CONTEXT = {"documents": [{"id": "d1", "name": "a.pdf"}]}


@settings(max_examples=150)
@given(ANSWERS | VALUES)
def test_any_json_is_taken_or_refused_with_sentences(answers: Any) -> None:
    found = refused(FORM, answers, CONTEXT)

    assert all(problem_text(p) != p.code and problem_text(p, "en") != p.code for p in found)
    if not found:
        values = FORM.accept(answers, CONTEXT).values
        assert values.keys() == FORM.written_keys
        assert json.dumps(values, default=_exact_number).encode()


@settings(max_examples=100)
@given(ANSWERS, ANSWERS)
def test_any_draft_and_any_case_can_be_shown_and_pruned(draft: dict[str, Any], case: dict[str, Any]) -> None:
    context = case | CONTEXT

    FORM.view(draft, context)
    FORM.view(None, context)

    assert FORM.prune(draft, context).keys() <= draft.keys()


def test_keys_that_python_or_the_engine_might_misread_are_only_unknown() -> None:
    names = ["typename", "__class__", "_schema", "context", "Meta", "fields", "load"]

    found = problems(a_form(text("a")), dict.fromkeys(names, 1))

    assert {code for _, code in found} == {"unknown_field"}
    assert len(found) == len(names)


def test_a_field_may_have_such_a_name_itself() -> None:
    form = a_form(text("typename"), text("Meta"), text("context"), text("load"))

    answers = {"typename": "a", "Meta": "b", "context": "c", "load": "d"}

    assert form.accept(answers, {}).values == answers


def test_masses_of_problems_are_cut_short() -> None:
    found = refused(FORM, {f"k{n}" * 50: n for n in range(5000)})

    assert len(found) <= 100
    assert max(len(p.path) for p in found) <= 80


@pytest.mark.parametrize(
    "answers",
    [
        {"a": "字" * 5_000_000},
        {"r": [{"a": "x"}] * 100_000},
        {"c": ["x"] * 1_000_000},
        {"n": Decimal("1e99999999")},
        {"g": {"a": [[[[[[[[]]]]]]]]}},
    ],
    ids=["text", "rows", "choices", "number", "depth"],
)
def test_too_much_is_refused_at_once(answers: dict[str, Any]) -> None:
    assert within(0.5, lambda: problems(FORM, answers))


def test_twenty_fields_are_accepted_within_their_share_of_a_completion() -> None:
    """Completing a task may cost 8 ms in all; the form gets 2. Three times that is a failure on any machine."""
    form = a_form(*(_field(n) for n in range(20)))
    answers = {f"k{n}": n + 5 if n % 2 else "内容" for n in range(20) if n % 4 != 2}
    form.accept(answers, {})

    within(50 * 0.006, lambda: [form.accept(answers, {}) for _ in range(50)])


def _field(n: int) -> dict[str, Any]:
    if n % 4 == 2:
        return text(f"k{n}", **hidden_when(f'=k{n - 1} > 3 and k{n - 2} = "内容"'), validate={"required": True})
    check = {"properties": {"check": f"=k{n} >= 0 and k{n} < 规则上限 or 规则上限 = null", "check_message": "x"}}
    return number(f"k{n}", validate={"min": 0}, **check) if n % 2 else text(f"k{n}", validate={"required": True})


def _exact_number(value: Any) -> str:
    assert isinstance(value, Decimal)
    assert value.is_finite()
    return str(value)


def test_one_form_serves_many_cases_without_remembering_any() -> None:
    form: Form = a_form(select("who", properties={"widget": "person"}), text("note"))

    first = problems(form, {"who": "a"}, {"people": [{"label": "A", "value": "a"}]})
    second = problems(form, {"who": "a"}, {"people": [{"label": "B", "value": "b"}]})

    assert (first, second) == ([], [("who", "not_among_people")])

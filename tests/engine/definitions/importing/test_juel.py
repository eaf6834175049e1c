"""`${…}` of Java engines means the same in FEEL, or stays what it was."""

import pytest

from engine.definitions.importing.juel import MAX_LENGTH, NotTranslated, python_to_feel, to_feel
from engine.feel import compile_expression

WORDS = {
    "amount": 1200, "approved": True, "name": "李", "kind": "tool", "list": [], "note": "", "none": None,
    "order": {"lines": {"first": 3}, "open": False}, "n": 7,
}  # fmt: skip


@pytest.mark.parametrize(
    ("juel", "feel", "value"),
    [
        ("${approved}", "= approved", True),
        ("#{approved}", "= approved", True),
        ("${amount > 1000 && approved}", "= amount > 1000 and approved", True),
        ("${amount gt 1000 and not approved}", "= amount > 1000 and not(approved)", False),
        ("${!approved || amount le 5}", "= not(approved) or amount <= 5", False),
        ("${kind == 'tool'}", '= kind = "tool"', True),
        ('${kind != "tool"}', '= kind != "tool"', False),
        ("${kind eq 'it\\'s'}", '= kind = "it\'s"', False),
        ("${none == null}", "= none = null", True),
        ("${order.lines.first >= 3}", "= order.lines.first >= 3", True),
        ("${order.open ? 1 : n > 1 ? 2 : 3}", "= if order.open then 1 else if n > 1 then 2 else 3", 2),
        ("${(amount + 8) / 2 - n * 2}", "= (amount + 8) / 2 - n * 2", 590),
        ("${n % 4}", "= modulo(n, 4)", 3),
        ("${-n mod 4}", "= modulo(-n, 4)", 1),
        ("${empty note}", '= (note = null or string(note) in ("", "[]", "{}"))', True),
        ("${not empty name}", '= not((name = null or string(name) in ("", "[]", "{}")))', True),
        ("${execution.getVariable('amount') lt 5}", "= amount < 5", False),
        ("您好 ${name}！", '= "您好 " + string(name) + "！"', "您好 李！"),
        ("${name}-${n}", '= string(name) + "-" + string(n)', "李-7"),
        ("${nrOfCompletedInstances/nrOfInstances > 0}", "= numberOfCompletedInstances / numberOfInstances > 0", None),
        ("${loopCounter == 0}", "= (loopCounter - 1) = 0", None),
    ],
)  # fmt: skip
def test_simple_expressions_are_translated_and_mean_the_same(juel: str, feel: str, value: object) -> None:
    assert to_feel(juel) == feel

    if value is not None:
        assert compile_expression(feel.removeprefix("= ")).evaluate(WORDS) == value


@pytest.mark.parametrize(
    ("juel", "piece"),
    [
        ("${bean.method()}", "bean.method(…"),
        ("${execution.setVariable('a', 1)}", "execution.setVariable(…"),
        ("${list[0]}", "list"),
        ("${items[0]}", "items[…"),
        ("${a = 1}", "= 1"),
        ("${1 +}", "…"),
        ("${}", "…"),
        ("${a b}", "b"),
        ("${ 'open }", "${"),
        ("${if}", "if"),
        ("${" + "(" * 60 + "1" + ")" * 60 + "}", "("),
        ("${" + "!" * 60 + "a}", "!"),
        ("${" + "a" * (MAX_LENGTH + 1) + "}", "…"),
        ("${a} and ${", "${"),
    ],
)
def test_what_is_outside_of_the_subset_is_refused_with_the_piece(juel: str, piece: str) -> None:
    with pytest.raises(NotTranslated) as refusal:
        to_feel(juel)

    assert str(refusal.value) == piece


@pytest.mark.parametrize(
    ("python", "feel"),
    [
        ("n >= 2 and not approved == True", "= n >= 2 and not(approved = true)"),
        ("x == None or y", "= x = null or y"),
        ("kind == 'tool'", '= kind = "tool"'),
    ],
)
def test_simple_python_conditions_are_translated(python: str, feel: str) -> None:
    assert python_to_feel(python) == feel


@pytest.mark.parametrize("python", ["__import__('os').system('x')", "x in [1]", "lambda: 1", "a if b else c", "x[0]"])
def test_other_python_is_refused(python: str) -> None:
    with pytest.raises(NotTranslated):
        python_to_feel(python)

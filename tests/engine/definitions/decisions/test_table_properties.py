"""Random tables: the evaluator against a plain one, and the finder of overlaps and gaps against trying every value."""

from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definitions.decisions.coverage import Budget, Coverage
from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.errors import NoRuleMatched, RulesOverlap
from tests.engine.definitions.tables import decision, table

LEVELS = ("甲", "乙", "丙")
# Constants are even, so that every stretch between them holds a tried number, and so does each end.
NUMBERS = range(-1, 10)
ENUM = '<inputValues><text>"甲","乙","丙"</text></inputValues>'

number_cells = st.one_of(
    st.just(("-", lambda _value: True)),
    st.integers(0, 4).map(lambda n: (str(2 * n), lambda value: value == 2 * n)),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 4)).map(lambda pair: compared(*pair)),
    st.tuples(st.sampled_from("[("), st.integers(0, 4), st.integers(0, 4), st.sampled_from("])")).map(
        lambda parts: within(*parts)
    ),
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
        lambda pair: (f"{2 * pair[0]}, > {2 * pair[1]}", lambda value: value == 2 * pair[0] or value > 2 * pair[1])
    ),
    st.integers(0, 4).map(lambda n: (f"not({2 * n})", lambda value: value != 2 * n)),
)
level_cells = st.one_of(
    st.just(("-", lambda _value: True)),
    st.sets(st.sampled_from(LEVELS), min_size=1).map(
        lambda some: (",".join(f'"{level}"' for level in some), lambda value: value in some)
    ),
    st.sampled_from(LEVELS).map(lambda level: (f'not("{level}")', lambda value: value != level)),
)
rows = st.lists(st.tuples(number_cells, level_cells, st.integers(0, 3)), min_size=1, max_size=7)


def compared(sign: str, n: int) -> tuple[str, Any]:
    tests = {
        "<": lambda value: value < 2 * n,
        "<=": lambda value: value <= 2 * n,
        ">": lambda value: value > 2 * n,
        ">=": lambda value: value >= 2 * n,
    }
    return f"{sign} {2 * n}", tests[sign]


def within(opening: str, low: int, high: int, closing: str) -> tuple[str, Any]:
    def holds(value: int) -> bool:
        after = value >= 2 * low if opening == "[" else value > 2 * low
        return after and (value <= 2 * high if closing == "]" else value < 2 * high)

    return f"{opening}{2 * low}..{2 * high}{closing}", holds


def made(some: list[Any], policy: str) -> Decision:
    texts = [(number[0], level[0], str(result)) for number, level, result in some]
    body = table(*texts, inputs=("n", "level"), attributes=f'hitPolicy="{policy}"')
    # Only the second column has input values.
    first, second, third = body.partition('<input label="level">')
    body = first + second + third.replace("</inputExpression></input>", f"</inputExpression>{ENUM}</input>", 1)
    return decision(body.replace("<output name=", "<output label='y' name=").replace("</output>", ORDER, 1))


ORDER = "<outputValues><text>3,2,1,0</text></outputValues></output>"


def fitting(some: list[Any], n: int, level: str) -> list[int]:
    return [place for place, (number, name, _) in enumerate(some) if number[1](n) and name[1](level)]


def naive(some: list[Any], policy: str, n: int, level: str) -> Any:
    hits = [some[place][2] for place in fitting(some, n, level)]
    if policy in ("COLLECT", "RULE ORDER"):
        return hits
    if policy == "OUTPUT ORDER":
        return sorted(hits, reverse=True)
    if not hits:
        return NoRuleMatched
    if len(hits) > 1 and (policy == "UNIQUE" or (policy == "ANY" and len(set(hits)) > 1)):
        return RulesOverlap
    return max(hits) if policy == "PRIORITY" else hits[0]


POLICIES = ("UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")


@settings(max_examples=60)
@given(rows, st.sampled_from(POLICIES))
def test_a_table_answers_what_its_rows_say(some: list[Any], policy: str) -> None:
    rule = made(some, policy)

    for n, level in product(NUMBERS, LEVELS):
        try:
            answer = rule.evaluate({"n": Decimal(n), "level": level})
        except (NoRuleMatched, RulesOverlap) as refusal:
            answer = type(refusal)
        assert answer == naive(some, policy, n, level)


@settings(max_examples=150)
@given(rows)
def test_overlaps_are_those_that_trying_every_value_finds(some: list[Any]) -> None:
    found = list(Coverage(made(some, "UNIQUE").logic, Budget()).overlaps())  # type: ignore[arg-type]

    tried = [fitting(some, n, level) for n, level in product(NUMBERS, LEVELS)]
    pairs = {(a + 1, b + 1) for hits in tried for a in hits for b in hits if a < b}
    assert {overlap.rows for overlap in found} == pairs
    for overlap in found:
        n = overlap.example["n"]
        hits = fitting(some, 0 if n is None else n, overlap.example["level"])
        assert {row - 1 for row in overlap.rows} <= set(hits)


@settings(max_examples=150)
@given(rows)
def test_a_gap_is_found_exactly_when_trying_every_value_finds_one(some: list[Any]) -> None:
    gap = Coverage(made(some, "FIRST").logic, Budget()).gap()  # type: ignore[arg-type]

    open_inputs = [pair for pair in product(NUMBERS, LEVELS) if not fitting(some, *pair)]
    assert (gap is None) == (not open_inputs)
    if gap is not None:
        # A column without a constant has no value to show: any will do.
        assert fitting(some, 0 if gap["n"] is None else gap["n"], gap["level"]) == []
        assert gap["level"] in LEVELS


@settings(max_examples=100)
@given(rows)
def test_a_row_called_hidden_never_applies(some: list[Any]) -> None:
    for hidden, hiding in Coverage(made(some, "FIRST").logic, Budget()).hidden():  # type: ignore[arg-type]
        for n, level in product(NUMBERS, LEVELS):
            hits = fitting(some, n, level)
            assert hidden - 1 not in hits or hiding - 1 in hits
        assert hiding < hidden

"""No pattern that is let through takes long on the longest text it is let through for."""

import re

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import Run
from engine.feel.pattern_cost import cost_of
from engine.feel.pattern_dialect import rewritten
from engine.feel.patterns import MAX_PATTERN_WORK, compiled_pattern
from tests.timing import within

ATOMS = ["a", "b", ".", "[ab]", r"\d", r"\w", "[^a]", "x", "(?:a|b)", "(?:ab|a)", "(a)", r"\1", "[a-c-[b]]"]
REPEATS = ["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "{3,9}"]

pieces = st.tuples(st.sampled_from(ATOMS), st.sampled_from(REPEATS)).map("".join)
sequences = st.lists(pieces, min_size=1, max_size=4).map("".join)
groups = st.tuples(sequences, sequences, st.sampled_from(REPEATS)).map(lambda g: f"(?:{g[0]}|{g[1]}){g[2]}")
repeated = st.tuples(sequences, st.sampled_from(REPEATS)).map(lambda g: f"({g[0]}){g[1]}")
patterns = st.tuples(st.one_of(sequences, groups, repeated), sequences, st.sampled_from(["", "x", "$", "b$"])).map(
    "".join
)


def longest_allowed(pattern: str) -> int:
    cost = cost_of(rewritten(pattern, ""), 0)
    length = 20_000
    while length and (cost is None or cost.work(length) > MAX_PATTERN_WORK):
        length //= 2
    return length


def search(pattern: str, text: str) -> None:
    compiled = compiled_pattern(pattern, flags="", text=text, run=Run({}))
    if compiled:
        compiled.search(text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(patterns, st.sampled_from(["a", "ab", "aab", "abc"]))
@example(r"(?:[ac]+[ab]*\s+){3,9}xab$", "a")
@example(r"(\w*\d*)+$", "a")
def test_an_allowed_pattern_ends_soon(pattern: str, unit: str) -> None:
    length = longest_allowed(pattern) if _is_pattern(pattern) else 0
    assume(length)
    text = (unit * length)[:length]

    within(2, lambda: search(pattern, text))


@given(
    st.text(alphabet=r"ab\pPiIcCdwsLuN{}[]()^$.*+?|-,12 ", max_size=25), st.sampled_from(["", "x", "i", "s", "m", "q"])
)
def test_any_text_is_a_pattern_or_none_or_refused(pattern: str, flags: str) -> None:
    try:
        found = compiled_pattern(pattern, flags=flags, text="abc", run=Run({}))
    except FeelEvaluationError as refusal:
        assert refusal.reason == "pattern_too_costly"  # noqa: PT017
    else:
        assert found is None or isinstance(found, re.Pattern)


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True

"""Random expressions that follow the grammar, with their closed parts, so that a difference can be traced to one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

CONTEXT = {
    "a": 5,
    "金额": 1250.5,
    "名": "永康",
    "有": True,
    "数列": [3, 1, 2],
    "名单": [{"名": "甲", "票": 3}, {"名": "乙", "票": 1}],
    "案": {"镇": "古山镇", "票": {"赞成": 21, "到会": 30}},
}


@dataclass(frozen=True)
class Piece:
    """`parts` are the expressions inside that can be worked out alone."""

    text: str
    parts: tuple["Piece", ...] = ()

    def __str__(self) -> str:
        return self.text

    def closed(self) -> Iterator["Piece"]:
        yield self
        for part in self.parts:
            yield from part.closed()


Pieces = st.SearchStrategy[Piece]


def _one_of(*texts: str) -> Pieces:
    return st.sampled_from(texts).map(Piece)


def _made(form: str, *inner: Pieces) -> Pieces:
    """`form` has one gap `{}` for each inner expression."""
    return st.tuples(*inner).map(lambda parts: Piece(form.format(*parts), parts))


def _forms(forms: str, *inner: Pieces) -> Pieces:
    return st.one_of(*(_made(form.strip(), *inner) for form in forms.strip().splitlines()))


NUMBERS = _one_of("0", "1", "-2", "2.5", "7", "100", "0.1", "a", "金额", "案.票.赞成")
STRINGS = _one_of('"a"', '"b"', '""', '"永康市"', '"foobar"', "名", "案.镇")
BOOLEANS = _one_of("true", "false", "有")
NULL = _one_of("null", "不存在")
DATES = _one_of('date("2026-11-23")', 'date("2024-02-29")', '@"2026-12-31"')
SPANS = _one_of('duration("P1D")', 'duration("PT36H")', '@"P1Y"', '@"P14M"')
LISTS = _one_of("[]", "[1, 2, 3]", "数列", '["a", "b"]', "[1, null, 3]", "[true, false]", "名单", "[[1, 2], [3]]")
CONTEXTS = _one_of("{}", '{x: 1, y: "b"}', "案", '{"两 字": 2}')
RANGES = _one_of("[1..5]", "(1..5)", "[2..8)", '["a".."c"]', '[date("2026-01-01")..date("2026-12-31")]')

NUMERIC = """
{} + {}
{} - {}
{} * {}
({}) / ({})
modulo({}, {})
min({}, {})
max({}, {})
sum({}, {})
"""
OF_NUMBER = """
-({})
abs({})
floor({})
ceiling({})
decimal({}, 1)
round up({}, 0)
round half up({}, 0)
sqrt({})
odd({})
even({})
string({})
if {} > 3 then "多" else "少"
{} in [1..5]
{} in (1, 5, 7)
{} between 1 and 10
"""
COMPARING = """
{} = {}
{} != {}
{} < {}
{} >= {}
"""
LOGICAL = """
{} and {}
{} or {}
not({} and {})
if {} then {} else null
"""
OF_STRING = """
string length({})
upper case({})
substring({}, 2)
substring({}, -1)
contains({}, "a")
starts with({}, "永")
matches({}, "^[a-z]+$")
replace({}, "[ao]", "_")
split({}, "o")
substring before({}, "b")
substring after({}, "o")
number({})
"""
OF_LIST = """
count({})
min({})
max({})
sum({})
mean({})
reverse({})
flatten({})
distinct values({})
({})[1]
({})[-1]
({})[9]
({})[item != null]
({}).名
sublist({}, 1, 2)
append({}, 4)
concatenate({}, [9])
insert before({}, 1, 0)
remove({}, 1)
list contains({}, 3)
index of({}, 1)
union({}, [1])
all({})
any({})
median({})
for x in {} return [x]
some x in {} satisfies x = 3
every x in {} satisfies x != 3
string join({}, "-")
3 in {}
"""
OF_CONTEXT = """
({}).x
get entries({})
get value({}, "x")
context put({}, "z", 1)
[{}][x = 1]
{{v: {}}}.v
"""
OF_DATE = """
({}).year
({}).month
({}).day
day of week({})
month of year({})
day of year({})
week of year({})
string({})
"""
OF_SPAN = """
({}).days
({}).hours
({}).years
({}).months
-({})
"""


def _mixed(*usual: Pieces) -> Pieces:
    """Mostly of the kind that is wanted, now and then null or of another kind."""
    return st.one_of(*usual * 4, NULL, STRINGS, LISTS)


def _deeper(atoms: Pieces, larger: Callable[[Pieces], Pieces]) -> Pieces:
    return st.recursive(atoms, larger, max_leaves=3)


numbers = _deeper(NUMBERS, lambda inner: st.one_of(_forms(NUMERIC, _mixed(inner), inner), _made("-({})", inner)))
comparisons = st.one_of(
    *(_forms(COMPARING, kind, st.one_of(kind, kind, NULL)) for kind in (numbers, STRINGS, DATES, SPANS)),
    _forms("{} = {}\n{} != {}", st.one_of(LISTS, CONTEXTS), st.one_of(LISTS, CONTEXTS, NUMBERS)),
)
conditions = st.recursive(
    st.one_of(BOOLEANS, NULL, comparisons), lambda inner: _forms(LOGICAL, inner, inner), max_leaves=3
)
expressions = st.one_of(
    numbers,
    conditions,
    _forms(OF_NUMBER, _mixed(numbers)),
    _forms(OF_STRING, _mixed(STRINGS, STRINGS)),
    _forms(OF_LIST, _mixed(LISTS, LISTS)),
    _forms(OF_CONTEXT, _mixed(CONTEXTS)),
    _forms(OF_DATE, _mixed(DATES)),
    _forms(OF_SPAN, SPANS),
    _forms("{} + {}\n{} - {}", DATES, SPANS),
    _forms("{} - {}", DATES, DATES),
    _forms("{} in {}", st.one_of(numbers, STRINGS, DATES, NULL), RANGES),
    _forms("before({}, {})\nafter({}, {})\nmeets({}, {})\noverlaps({}, {})", RANGES, RANGES),
    _forms("before({}, {})\nafter({}, {})\nincludes({1}, {0})", NUMBERS, RANGES),
)
points = st.one_of(NUMBERS, STRINGS, NUMBERS)
tests = st.one_of(
    st.tuples(st.sampled_from(["", "< ", "<= ", "> ", ">= ", "!= ", "= "]), points).map(lambda p: f"{p[0]}{p[1]}"),
    RANGES.map(str),
    st.tuples(NUMBERS).map(lambda p: f"[{p[0]}..100]"),
    st.sampled_from(["null", "-", "true", "? > 3", "数列", 'contains(?, "永")', "[1, 2]", "count(?) = 3"]),
)
cells = st.one_of(
    tests,
    st.lists(tests, min_size=2, max_size=3).map(", ".join),
    st.lists(tests, min_size=1, max_size=2).map(lambda parts: f"not({', '.join(parts)})"),
)
tested = st.sampled_from([0, 1, 3, 5, 100, 2.5, "a", "永康市", "", True, False, None, [3, 1, 2], []])

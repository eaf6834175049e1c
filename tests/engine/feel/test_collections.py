"""Lists, contexts, filters, paths, loops, quantifiers, functions."""

import pytest

from tests.engine.feel.cases import is_same, value

LISTS = [
    ("[1, [2, [3]]]", [1, [2, [3]]]),
    ("[1, 2, 3][1]", 1),
    ("[1, 2, 3][-1]", 3),
    ("[1, 2, 3][0]", None),
    ("[1, 2, 3][4]", None),
    ("[1, 2, 3][-4]", None),
    ("[1, 2, 3][1.5]", None),
    ("[1, 2, 3][item > 1]", [2, 3]),
    ("[1, 2, 3][item > 5]", []),
    ("[1, 2, 3][even(item)]", [2]),
    ("[1, 2, 3][count([1, 2])]", 2),
    ("[][1]", None),
    ("[][item > 1]", []),
    ("[1, null][item = null]", [None]),
    ("5[1]", 5),
    ("5[item > 6]", []),
    ("null[1]", None),
    ("[{a: 1}, {a: 2}][a = 2]", [{"a": 2}]),
    ("[{a: 1}, {a: 2}][item.a = 1].a", [1]),
    ("[{a: 1}, {b: 2}].a", [1, None]),
    ("[[{a: 1}], [{a: 2}]].a", [[1], [2]]),
    ("[1, 2][item > 1][1]", 2),
]

CONTEXTS = [
    ("{a: 1, b: a + 1, c: b * 2}", {"a": 1, "b": 2, "c": 4}),
    ("{a: {b: {c: 3}}}.a.b.c", 3),
    ("{a: 1}.b", None),
    ("{a: 1, a: 2}", None),
    ('{"a b": 1, "c:d": 2}', {"a b": 1, "c:d": 2}),
    ("{}", {}),
    ("5.a", None),
    ("{ 税费: 1000 * 0.03, 合计: 1000 + 税费 }", {"税费": 30, "合计": 1030}),
]

LOOPS = [
    ("for i in [1, 2, 3] return i * 2", [2, 4, 6]),
    ("for i in 1..3 return i", [1, 2, 3]),
    ("for i in 3..1 return i", [3, 2, 1]),
    ("for i in -1..1 return i", [-1, 0, 1]),
    ("for i in 1 + 1..2 * 2 return i", [2, 3, 4]),
    ("for i in [1..3] return i", [1, 2, 3]),
    ("for i in (1..3) return i", [2]),
    ("for i in 1..2, j in 3..4 return i * 10 + j", [13, 14, 23, 24]),
    ("for i in [1, 2], j in [i, i + 1] return j", [1, 2, 2, 3]),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
    ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
    ("for i in 1..3 return count(partial)", [0, 1, 2]),
    ("for i in 1..2 return append([], partial)", [[[]], [[[[]]]]]),
    ("for i in [] return i", []),
    ("for i in null return i", None),
    ("for i in 1.5..3 return i", None),
    ('for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]),
    ("for i in 1..2 return for j in 1..2 return i * j", [[1, 2], [2, 4]]),
    ("some x in [1, 2, 3] satisfies x > 2", True),
    ("some x in [] satisfies true", False),
    ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
    ("some x in [null, false] satisfies x", None),
    ("some x in null satisfies true", None),
    ("every x in [1, 2, 3] satisfies x > 0", True),
    ("every x in [] satisfies false", True),
    ("every x in [null, true] satisfies x", None),
    ("every x in [null, false] satisfies x", False),
    ("every x in 1..3, y in 1..x satisfies y <= x", True),
]

FUNCTIONS = [
    ("(function(x) x + 1)(2)", 3),
    ("(function(x, y) x - y)(y: 1, x: 5)", 4),
    ("(function() 42)()", 42),
    ("(function(x) x)()", None),
    ("(function(x) x)(1, 2)", None),
    ("(function(x) x)(y: 2)", None),
    ("{f: function(a) a * 2, r: f(4)}.r", 8),
    ('{f: function(a: number) a * 2, r: [f(3), f("a")]}.r', [6, None]),
    ("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(20)}.r", 2432902008176640000),
    ('{f: function(a: number) a = null, r: [f("a"), f([1])]}.r', [None, False]),
    ('{f: function(a: list<number>) count(a), r: [f(5), f([1, 2]), f("a")]}.r', [1, 2, None]),
    ("{f: function(a, b) [a, b], r: f(b: 1)}.r", [None, 1]),
    ('{f: function(a: date and time) a, r: f(@"2026-11-23")}.r', "2026-11-23T00:00:00Z"),
    ("{add: function(a) function(b) a + b, r: add(1)(2)}.r", 3),
    ("{m: max, r: m(1, 3, 2)}.r", 3),
    ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
    ("null(1)", None),
    ("5(1)", None),
]

TYPES = [
    ("1 instance of number", True),
    ("null instance of number", False),
    ("null instance of Any", False),
    ("null instance of Null", True),
    ("[1, 2] instance of list", True),
    ("[1, 2] instance of list<number>", True),
    ('[1, "a"] instance of list<number>', False),
    ("{a: 1, b: 2} instance of context<a: number>", True),
    ('{a: "x"} instance of context<a: number>', False),
    ('@"2026-01-01" instance of date', True),
    ('@"2026-01-01" instance of date and time', False),
    ('@"P1D" instance of days and time duration', True),
    ('@"P1Y" instance of years and months duration', True),
    ("[1..2] instance of range<number>", True),
    ("(function(x) x) instance of function<Any> -> Any", True),
    ("count instance of function", True),
    ("1 + 1 instance of number", None),
]


@pytest.mark.parametrize(("expression", "wanted"), [*LISTS, *CONTEXTS, *LOOPS, *FUNCTIONS, *TYPES])
def test_collections_and_functions_follow_the_standard(expression: str, wanted: object) -> None:
    assert is_same(value(expression), wanted), value(expression)


def test_variables_are_read_at_every_depth() -> None:
    case = {"party": [{"name": "甲", "votes": 3}, {"name": "乙", "votes": 5}]}

    assert value("case.party[votes > 4].name", case=case) == ["乙"]
    assert value("sum(case.party.votes)", case=case) == 8
    assert value("case.party[1].votes / 2", case=case) == 1.5


def test_an_expression_changes_nothing_it_was_given() -> None:
    given = {"list": [3, 1, 2], "map": {"a": 1}}

    value('[append(list, 4), sort(list, function(x, y) x < y), context put(map, "b", 2), remove(list, 1)]', **given)

    assert given == {"list": [3, 1, 2], "map": {"a": 1}}


def test_things_of_python_stay_closed() -> None:
    class Secret:
        token = "hidden"

    assert value("x.token", x=Secret()) is None
    assert value("x.__class__", x="text") is None
    assert value("x(1)", x=print) is None

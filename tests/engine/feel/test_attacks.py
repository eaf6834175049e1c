"""Expressions made to hang or to eat the memory end soon, with an error that says why."""

from decimal import Decimal

import pytest

from engine.feel import FeelEvaluationError, FeelSyntaxError, HostFunction, compile_expression, to_json
from engine.feel.expression import _expression
from tests.timing import within

SECONDS = 0.5  # of processor time, so that a busy machine changes nothing

DOUBLING = "{" + ", ".join(
    f"{b}: [{a}, {a}]" for a, b in zip("abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True)
)
A = "a" * 44 + "!"

BACKSLASH = chr(92) * 2

TOO_MUCH = {
    "power of a power of a power": ("9**9**9**9**9", "number_too_large"),
    "exponent of a literal": ("1e6144 * 10", "number_too_large"),
    "huge exponential": ("exp(1e6000)", "number_too_large"),
    "exponential of the least": ("exp(-1e6000)", None),
    "root of a giant": ('sqrt(number("9e6144"))', None),
    "power of a fraction": ('1.0000000001 ** number("1e15")', "number_too_large"),
    "root as a power": ("9999999999 ** (1 / 9999999999)", None),
    "modulo of giant and dwarf": ('modulo(number("1e6144"), number("1e-6143"))', None),
    "rounding to all digits": ("decimal(1 / 3, 6176)", None),
    "rounding far before the point": ("decimal(1, -6111)", None),
    "square of deviations": ('stddev(number("9e6000"), number("-9e6000"))', "number_too_large"),
    "long integer as text": ('string length(string(number("1e60")))', None),
    "duration times a giant": ('duration("P1D") * number("1e6000")', None),
    "longest duration doubled": ('duration("P999999999D") * 2', None),
    "duration of months beyond all": ('duration("P999999999Y") * number("1e20")', None),
    "date beyond the calendar": ('date("9999-12-31") + duration("P1D")', None),
    "date before the calendar": ('date("0001-01-01") - duration("P1Y")', None),
    "moment beyond the calendar": ('date and time("9999-12-31T23:59:59-18:00") + duration("PT1S")', None),
    "first moment in another zone": ('date and time(date and time("0001-01-01T00:00:00"), "+18:00")', None),
    "least moment subtracted": ('@"0001-01-01T00:00:00+18:00" - @"9999-12-31T23:59:59-18:00" < @"P1D"', None),
    "zone with a path": ('time("10:00:00@../../../etc/passwd")', None),
    "zone with a long name": (f'time("10:00:00@{"A" * 5000}")', None),
    "years without end": ('date("99999999999999-01-01")', None),
    "range of months": ('for m in @"P1M"..@"P999999Y" return m', None),
    "string repeated by joins": (
        '{s: string join(for i in 1..9000 return "aaaaaaaaaa"), r: string join([s, s])}.r',
        "string_too_long",
    ),
    "string repeated by replace": (
        '{s: string join(for i in 1..4000 return "a"), r: replace(s, "a", s)}.r',
        "string_too_long",
    ),
    "string repeated by its own groups": (f'replace("{"a" * 300}", "(a+)", "{"$1" * 400}")', "string_too_long"),
    "string added in a loop": (
        'for i in 1..40000 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1]',
        "string_too_long",
    ),
    "prefix and suffix": (
        '{s: string join(for i in 1..9999 return "aaaaaaaaaa"), r: string join([s], "", s, s)}.r',
        "string_too_long",
    ),
    "product of for loops": ("for a in 1..60, b in 1..60, c in 1..60 return a * b * c", "too_many_steps"),
    "every in some": ("some a in 1..1000 satisfies every b in 1..1000 satisfies b < 1000", "too_many_steps"),
    "filter in a filter": (
        "(for i in 1..900 return i)[count((for i in 1..900 return i)[item > 0]) > 0]",
        "too_many_steps",
    ),
    "partial kept": ("for i in 1..9999 return {p: partial}", "too_many_steps"),
    "insertions in a loop": ("for i in 1..9999 return insert before(for j in 1..99 return j, 1, i)", "too_many_steps"),
    "union of many": ("union(for i in 1..9000 return i, for i in 1..9000 return -i)", "too_many_steps"),
    "index in a loop": ("for i in 1..9999 return index of(for j in 1..99 return j, i)", "too_many_steps"),
    "median of many in a loop": ("for i in 1..999 return median(for j in 1..999 return j)", "too_many_steps"),
    "mutual recursion": ("{f: function(n, g) g(n + 1, f), r: f(1, function(n, g) g(n + 1, f))}.r", "too_many_calls"),
    "recursion through sort": (
        "{f: function(a, b) count(sort([1, 2], f)) > 0, r: sort([1, 2], f)}.r",
        "too_many_calls",
    ),
    "recursion that doubles": (
        "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(40)}.r",
        "too_many_steps",
    ),
    "recursion through list replace": (
        "{f: function(a, b) count(list replace([1, 2], f, 3)) > 0, r: f(1, 2)}.r",
        "too_many_calls",
    ),
    "context put in a loop": (
        "for i in 1..9999 return context put(partial[-1], string(i), partial)",
        "too_many_steps",
    ),
    "backreference": (f'matches("{A}", "^(a+){BACKSLASH}1+$")', "pattern_too_costly"),
    "alternation under a repeat": (f'matches("{A}", "^([a-z]|[a-y]|a)*$")', None),
    "greedy dots": (f'matches("{A}", "(.*)*(.*)*x")', "pattern_too_costly"),
    "lazy repeats": (f'matches("{A}", "^(a+?)+?$")', "pattern_too_costly"),
    "flags make them overlap": (f'matches("{A}", "^(ab|Ab)*$", "i")', "pattern_too_costly"),
    "spaces hide a repeat": (f'matches("{A}", "^( a + ) + $", "x")', "pattern_too_costly"),
    "split in a loop": (
        '{t: string join(for i in 1..900 return "aaaaaaaaaa,"), r: for i in 1..900 return split(t, ",")}.r',
        "too_many_steps",
    ),
    "extract": (f'extract("{A}", "(a|aa)+b")', "pattern_too_costly"),
    "look-behind": (f'matches("{A}", "(?<=a)+b")', None),
    "many groups": (f'matches("{A}", "{"(a)" * 120}")', None),
    "nested groups": (f'matches("{A}", "{"(" * 240}a{")" * 240}")', "pattern_too_costly"),
    "power tower": ("9 ** (9 ** 9)", "number_too_large"),
    "power of powers": ("99999 ** 99999", "number_too_large"),
    "product of giants": ('number("9e6000") * number("9e6000")', "number_too_large"),
    "giant range": ("for i in 1..1000000000 return i", "list_too_long"),
    "giant range of dates": ('for d in @"0001-01-01"..@"9999-12-31" return d', "list_too_long"),
    "giant number in a range": ("for i in 1..1e300 return i", None),
    "nested for": ("for i in 1..1000, j in 1..1000, k in 1..1000 return i", "too_many_steps"),
    "for in for": ("for i in 1..200 return for j in 1..200 return for k in 1..200 return 1", "too_many_steps"),
    "some without end": ("some i in 1..9999, j in 1..9999 satisfies false", "too_many_steps"),
    "filter of filters": ("for i in 1..20000 return count([1, 2, 3][item > i][item > i])", "too_many_steps"),
    "quadratic distinct": ("distinct values(for i in 1..20000 return i)", "too_many_steps"),
    "sort with a slow order": ("sort(for i in 1..20000 return i, function(a, b) a > b)", "too_many_steps"),
    "powers in a loop": ("for i in 1..9999 return 1.5 ** 3333.3333", "too_many_steps"),
    "logarithms in a loop": ("for i in 1..20000 return log(i)", "too_many_steps"),
    "endless recursion": ("{f: function(n) f(n + 1), r: f(1)}.r", "too_many_calls"),
    "function of itself": ("(function(f) f(f))(function(f) f(f))", "too_many_calls"),
    "tree recursion": ("{f: function(n) if n > 0 then f(n - 1) + f(n - 1) else 1, r: f(50)}.r", "too_many_steps"),
    "string doubling": (
        '{a: "' + "x" * 100 + '", ' + ", ".join(f"a{i}: a{i - 1 or ''} + a{i - 1 or ''}" for i in range(1, 40)) + "}",
        "string_too_long",
    ),
    "string join": ('for i in 1..9000 return string join(for j in 1..9000 return "xxxxxxxxxx")', "too_many_steps"),
    "long delimiter": (
        'string join(for i in 1..9000 return "", string join(for i in 1..9000 return "xxxxxxxxxx"))',
        "string_too_long",
    ),
    "growing replacement": (
        'replace(string join(for i in 1..9000 return "x"), "x", string join(for i in 1..9000 return "yy"))',
        "string_too_long",
    ),
    "doubling list, written": (DOUBLING + "}", "result_too_large"),
    "doubling list, as text": (DOUBLING + ", z: string(x)}.z", "string_too_long"),
    "doubling list, flattened": (DOUBLING + ", z: flatten(x)}.z", "too_many_steps"),
    "doubling list, compared": (DOUBLING + ", z: x = x}.z", "too_many_steps"),
    "doubling list, projected": (DOUBLING + ", z: x.foo}.z", "too_many_steps"),
    "list of itself": ("for i in 1..100 return partial", "result_too_large"),
    "concatenation": ("{l: for i in 1..20000 return i, m: concatenate(l, l, l)}.m", "list_too_long"),
    "nested repeat": (f'matches("{A}", "^(a+)+$")', "pattern_too_costly"),
    "equal alternatives": (f'matches("{A}", "^(a|a)*$")', "pattern_too_costly"),
    "overlapping alternatives": (f'matches("{A}", "^(a|aa)+$")', "pattern_too_costly"),
    "repeat of nothing": (f'matches("{A}", "(a*)*b")', "pattern_too_costly"),
    "many options": (f'matches("{A}", "{"a?" * 40}{"a" * 40}")', "pattern_too_costly"),
    "counted nested repeat": (f'matches("{A}", "(.{{1,9}}){{1,9}}x")', "pattern_too_costly"),
    "neighbouring repeats": (
        'matches(string join(for i in 1..500 return "aaaaaaaaaa"), "a*a*a*a*b")',
        "pattern_too_costly",
    ),
    "many categories": (f'matches("{A}", "{chr(92) * 2}p{{L}}{chr(92) * 2}p{{L}}*x")', None),
    "categories repeated": (f'matches("{A}", "({chr(92) * 2}p{{L}}*){{3,}}x")', "pattern_too_costly"),
    "too many categories": (f'matches("{A}", "{(chr(92) * 2 + "p{L}") * 50}")', None),
    "replace": (f'replace("{A}", "(a*)*b", "x")', "pattern_too_costly"),
    "split": (f'split("{A}", "(a|a)*b")', "pattern_too_costly"),
    "long pattern": (f'matches("a", "{"a" * 600}")', "pattern_too_long"),
    "patterns in a loop": (
        '{t: string join(for i in 1..100 return "aaaaaaaaaa"), r: for i in 1..100 return matches(t, "a*b")}.r',
        "too_many_steps",
    ),
}

MALFORMED = {
    "length": "1" + " + 1" * 3000,
    "brackets": "(" * 4000 + "1" + ")" * 4000,
    "lists": "[" * 9000,
    "signs": "-" * 9000 + "1",
    "paths": "a" + ".a" * 4000,
    "filters": "a" + "[1]" * 3000,
    "negations": "not(" * 1800 + "true" + ")" * 1800,
    "conditions": "if true then " * 400 + "1" + " else 1" * 400,
    "loops": "for a in b return " * 500 + "1",
    "calls": "f" + "()" * 4000,
    "contexts": "{a:" * 2400 + "1" + "}" * 2400,
    "memberships": "x in (" * 1400 + "1" + ")" * 1400,
    "types": "x instance of " + "list<" * 1500 + "number" + ">" * 1500,
    "comparisons": "1" + " = 1" * 2000,
    "percent format": "'%1000000000d' % 1",
    "long name": "名" * 9_000 + " + ",
    "long name of many words": "a b " * 2_400,
    "long name in backquotes": "`" + "a b " * 2_400,
    "long number": "1" * 9_000 + " +",
    "long exponent": "1e" + "9" * 9_000,
    "long comment": "/*" + "*" * 9_000 + "1 +",
    "comments in a row": "/**/" * 2_400,
    "open strings": '"' + 'a"' * 4_900 + " (",
    "escapes": '"' + "\\u0041" * 1_500 + '" (',
    "dots": "." * 9_000,
    "ranges": "[1..2" * 1_900,
    "keywords": "if " * 3_000,
    "contexts of names": "{" + "a " * 4_900 + "}",
    "named arguments": "f(" + "a b: 1, " * 1_100,
    "parameters": "function(" + "a, " * 3_200,
    "tests": "x in (" + "> 1, " * 1_900,
    "functions": "function() " * 900 + "1",
}


def reason_of(expression: str) -> str | None:
    """The reason of the error, if any. It is read anew each time."""
    _expression.cache_clear()
    try:
        to_json(compile_expression(expression).evaluate({}))
    except (FeelSyntaxError, FeelEvaluationError) as error:
        return error.reason
    return None


@pytest.mark.parametrize(("expression", "wanted"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_an_expression_that_wants_too_much_ends_soon(expression: str, wanted: str | None) -> None:
    assert within(SECONDS, lambda: reason_of(expression)) == wanted


@pytest.mark.parametrize("expression", MALFORMED.values(), ids=MALFORMED)
def test_a_text_that_is_too_long_or_deep_is_refused_soon(expression: str) -> None:
    assert within(SECONDS, lambda: reason_of(expression)) is not None


@pytest.mark.parametrize(
    "expression",
    [
        '"a".rjust(2000000000)',
        '"".__class__.__mro__',
        '"".__class__.__base__.__subclasses__()',
        "x.__globals__",
        "x.call",
        "x.invoke.__func__",
        "count.signatures",
        "(function(a) a).body",
        'get value({}, "__class__")',
        'get entries("")',
        '"{0.__class__}".format(1)',
        'date("2026-11-23").__reduce__',
        "[1].__len__()",
        "constructor",
        "{}.constructor",
        "{}.__proto__",
        "globalThis",
        "{}.constructor.constructor",
        "__import__",
        '__import__("os")',
        'eval("1")',
        'exec("1")',
        'open("/etc/passwd")',
        "getattr(x, 1)",
        "self",
        "lambda",
        "thing.secret",
        "thing[1].secret",
    ],
)
def test_there_is_no_way_into_python(expression: str) -> None:
    class Thing:
        secret = "secret"

    names = {"x": HostFunction("x", (), lambda: 1), "thing": Thing()}

    assert compile_expression(expression).evaluate(names) is None


@pytest.mark.parametrize("expression", ["x", "[x]", "{a: count}", "function(a) a", "thing"])
def test_what_is_not_data_never_leaves(expression: str) -> None:
    names = {"x": HostFunction("x", (), lambda: 1), "thing": object()}

    with pytest.raises(FeelEvaluationError) as refusal:
        to_json(compile_expression(expression).evaluate(names))

    assert refusal.value.reason == "not_json"


@pytest.mark.parametrize(
    "pair", [("\uff41", "a"), ("\ufb01", "fi"), ("\u212b", "\u00c5"), ("\u0430", "a"), ("e\u0301", "\u00e9")]
)
def test_names_that_look_alike_are_different_names(pair: tuple[str, str]) -> None:
    """Python itself takes some of these for the same; a name is never normalised."""
    other, plain = pair

    assert compile_expression(f"{other} = null").evaluate({plain: 1}) is True
    assert compile_expression(other, names={other}).evaluate({other: 2, plain: 1}) == 2


def test_looking_for_mistakes_ends_soon_too() -> None:
    calls = compile_expression(" + ".join(f"f{number}x(1)" for number in range(900)))
    long_name = compile_expression("名" * 9_900 + "(1)")

    assert len(within(SECONDS, lambda: calls.mistakes({f"name{number}" for number in range(300)}))) == 20
    assert [wrong.reason for wrong in within(SECONDS, lambda: long_name.mistakes(()))] == ["unknown_function"]


def test_just_below_the_limits_everything_works() -> None:
    assert compile_expression("(" * 95 + "1" + ")" * 95).evaluate({}) == 1
    assert compile_expression("1" + "+1" * 4900).evaluate({}) == 4901
    assert len(compile_expression("for i in 1..30000 return i").evaluate({})) == 30000
    assert compile_expression("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(50)}.r").evaluate({}) == 50


def test_a_deep_python_stack_around_it_does_not_change_the_kind_of_error() -> None:
    def deeper(levels: int) -> str | None:
        return deeper(levels - 1) if levels else reason_of("(" * 99 + "1" + ")" * 99)

    assert deeper(700) == "too_deep"


def test_numbers_from_outside_are_bounded_too() -> None:
    with pytest.raises(FeelEvaluationError):
        compile_expression("n + 1").evaluate({"n": 10**10000})

    assert compile_expression("n").evaluate({"n": Decimal("NaN")}) is None
    assert compile_expression("n = null").evaluate({"n": float("inf")}) is True


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^1[3-9]\d{9}$", "13812345678"),
        (r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", "a.b@c-d.example.cn"),
        (r"^(\d{1,3}(,\d{3})*|\d+)(\.\d{1,2})?$", "1,234,567.89"),
        (r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$", "91330784MA28ABCD12"),
        (r"^\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$", "330784199001011234"),
        (r"^[一-龥]{2,20}$", "永康市星月模具"),
        (r".*同意.*", "经表决" * 100 + "同意" + "本方案" * 100),
        (r"^(\w+\.)*\w+$", "a.b.c"),
    ],
)
def test_patterns_of_daily_life_are_allowed(pattern: str, text: str) -> None:
    assert compile_expression("matches(文, 式)").evaluate({"文": text, "式": pattern}) is True

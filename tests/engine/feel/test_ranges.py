"""Range functions (DMN 1.5, 10.3.4.8) and ranges as values."""

import pytest

from tests.engine.feel.cases import is_same, value

RELATIONS = [
    ("before(1, 10)", True),
    ("before(10, 1)", False),
    ("before(1, [1..10])", False),
    ("before(1, (1..10])", True),
    ("before([1..10], 10)", False),
    ("before([1..10), 10)", True),
    ("before([1..10], [10..20])", False),
    ("before([1..10), [10..20])", True),
    ("after(12, [2..5])", True),
    ("after([11..20], 12)", False),
    ("after((10..20], [1..10])", True),
    ("meets([1..5], [5..10])", True),
    ("meets([1..5), [5..10])", False),
    ("met by([5..10], [1..5])", True),
    ("overlaps([1..5], [3..8])", True),
    ("overlaps([1..5], [6..8])", False),
    ("overlaps([1..5], [5..8])", True),
    ("overlaps([1..5), [5..8])", False),
    ("overlaps before([1..5], [3..8])", True),
    ("overlaps before([1..5), [1..5])", False),
    ("overlaps before([1..5], (1..5])", True),
    ("overlaps after([3..8], [1..5])", True),
    ("overlaps after([5..8], [1..5))", False),
    ("overlaps after((1..5], [1..5))", True),
    ("overlaps after((1..5], [1..5])", True),
    ("overlaps after([1..5], [1..5))", False),
    ("overlaps after([1..5], [1..5])", False),
    ("overlaps before([1..5), (1..5])", True),
    ("overlaps before([1..5], [1..5])", False),
    ("finishes(10, [1..10])", True),
    ("finishes(10, [1..10))", False),
    ("finishes([5..10], [1..10])", True),
    ("finishes((1..10), [1..10))", True),
    ("finished by([1..10], [5..10])", True),
    ("finished by([1..10], 10)", True),
    ("includes([1..10], 5)", True),
    ("includes((1..10], 1)", False),
    ("includes([1..10], (1..10))", True),
    ("during(5, [1..10])", True),
    ("during([4..6), [4..6])", True),
    ("starts(1, [1..10])", True),
    ("starts((1..5], [1..5])", False),
    ("starts([1..5], [1..10])", True),
    ("started by([1..10], [1..5])", True),
    ("coincides(5, 5)", True),
    ("coincides([1..5], [1..5))", False),
    ('before(1, "a")', None),
    ("before(null, 1)", None),
    ('during(@"2026-11-23", [@"2026-11-01"..@"2026-11-30"])', True),
]

VALUES = [
    ("[1..10].start", 1),
    ("(1..10].start included", False),
    ("[1..10].end included", True),
    ('range("[1..3)") = [1..3)', True),
    ('range("]@\\"2026-01-01\\"..@\\"2026-02-01\\"]").start', "2026-01-01"),
    ('range("[3..1]")', None),
    ('range("[1..\\"b\\"]")', None),
    ('range("[..2]")', None),
    ('range("(..2)")', "(null..2)"),
    ('range("[2..)") = (>= 2)', True),
    ('range("[..]")', None),
    ("[2..)", "[2..null)"),
    ("(..2]", "(null..2]"),
    ("]..2[", "(null..2)"),
    ("1 in (..2]", True),
    ('range("[null..null]")', None),
    ('range("x")', None),
]


@pytest.mark.parametrize(("expression", "wanted"), [*RELATIONS, *VALUES])
def test_ranges_follow_the_standard(expression: str, wanted: object) -> None:
    assert is_same(value(expression), wanted), value(expression)

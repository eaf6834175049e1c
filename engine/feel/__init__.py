"""FEEL, the expression language of DMN 1.5 (chapter 10). Nothing outside this package imports its modules directly."""

from engine.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests, strip_equals
from engine.feel.functions import HostFunction
from engine.feel.json_values import from_json, to_json
from engine.feel.values import Range, YearMonthDuration

__all__ = [
    "Expression",
    "FeelEvaluationError",
    "FeelSyntaxError",
    "HostFunction",
    "Range",
    "UnaryTests",
    "YearMonthDuration",
    "compile_expression",
    "compile_unary_tests",
    "from_json",
    "strip_equals",
    "to_json",
]

"""FEEL, the expression language of DMN 1.5 (chapter 10). Nothing outside this package imports its modules directly."""

from engine.feel.constant_tests import Accepted, constant_tests
from engine.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests, strip_equals
from engine.feel.functions import HostFunction, UserFunction, invoke
from engine.feel.json_values import from_json, to_json
from engine.feel.limits import Run
from engine.feel.values import Range, YearMonthDuration

__all__ = [
    "Accepted",
    "Expression",
    "FeelEvaluationError",
    "FeelSyntaxError",
    "HostFunction",
    "Range",
    "Run",
    "UnaryTests",
    "UserFunction",
    "YearMonthDuration",
    "compile_expression",
    "compile_unary_tests",
    "constant_tests",
    "from_json",
    "invoke",
    "strip_equals",
    "to_json",
]

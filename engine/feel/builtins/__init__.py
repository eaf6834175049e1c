"""The functions of the language, by chapter of the standard."""

from engine.feel.builtins import booleans, contexts, conversions, dates, lists, numbers, ranges, statistics, strings
from engine.feel.signatures import BUILT_INS

__all__ = [
    "BUILT_INS",
    "booleans",
    "contexts",
    "conversions",
    "dates",
    "lists",
    "numbers",
    "ranges",
    "statistics",
    "strings",
]

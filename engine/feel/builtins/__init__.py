"""The functions of the language, by chapter of the standard."""

from engine.feel.builtins import booleans, contexts, conversions, dates, lists, numbers, ranges, statistics, strings
from engine.feel.signatures import BUILT_INS

CHAPTERS = (booleans, contexts, conversions, dates, lists, numbers, ranges, statistics, strings)

__all__ = ["BUILT_INS", "CHAPTERS"]

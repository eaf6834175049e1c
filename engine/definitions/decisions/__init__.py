"""Decisions: DMN files, read once, that answer questions."""

from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.errors import (
    InputNotAllowed,
    NoRuleMatched,
    OutputNotAllowed,
    OutputNotANumber,
    RulesOverlap,
)
from engine.definitions.decisions.file_reading import DecisionFile, read_decisions
from engine.definitions.decisions.table import Table

__all__ = [
    "Decision",
    "DecisionFile",
    "InputNotAllowed",
    "NoRuleMatched",
    "OutputNotANumber",
    "OutputNotAllowed",
    "RulesOverlap",
    "Table",
    "read_decisions",
]

"""Why a decision has no result."""

from engine.errors import DefinitionError


class NoRuleMatched(DefinitionError):
    """No row of the decision table fits the input; `inputs` are the values it looked at."""


class RulesOverlap(DefinitionError):
    """More than one row fits although the hit policy allows one; `rules` are the row numbers, counted from 1."""


class InputNotAllowed(DefinitionError):
    """An input of the decision table is of another type than the column, or not among its allowed values."""


class OutputNotAllowed(DefinitionError):
    """A row gives a value of another type than its column, or not among its allowed values; `rule` is its number."""


class OutputNotANumber(DefinitionError):
    """A table that adds up or compares its results got something that cannot be added or compared."""

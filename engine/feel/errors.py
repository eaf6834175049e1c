"""What can go wrong with an expression, with the place in its text."""

from typing import Any

from engine.errors import DefinitionError, EngineError
from texts import sentence


class _Located:
    """`reason` names the sentence in `texts/<locale>/feel.yml`; `params` fill its gaps."""

    details: dict[str, Any]

    def __init__(self, reason: str, *, position: int | None = None, **params: Any) -> None:
        super().__init__(reason=reason, params=params, position=position, line=None, column=None, expression=None)

    @property
    def reason(self) -> str:
        return self.details["reason"]

    @property
    def position(self) -> int | None:
        """Offset of the first wrong character in the text, counted from 0."""
        return self.details["position"]

    def at(self, position: int) -> None:
        """Remember a place, unless a more exact one is known already."""
        if self.details["position"] is None:
            self.details["position"] = position

    def inside(self, source: str) -> None:
        """Give line and column (both counted from 1) once the whole text is known."""
        if self.details["expression"] is not None:
            return
        position = self.details["position"] = min(self.details["position"] or 0, len(source))
        before = source[:position]
        self.details["line"] = before.count("\n") + 1
        self.details["column"] = position - (before.rfind("\n") + 1) + 1
        self.details["expression"] = source

    def text(self, locale: str = "zh") -> str:
        """The sentence for a designer, with line and column in front of it when they are known."""
        said = sentence("feel", self.reason, locale, **self.details["params"])
        if self.details["line"] is None:
            return said
        return sentence("feel", "place", locale, line=self.details["line"], column=self.details["column"], said=said)

    def __str__(self) -> str:
        return self.text("en")


class FeelSyntaxError(_Located, DefinitionError):
    """The text is not a FEEL expression."""


class FeelEvaluationError(_Located, EngineError):
    """The expression could not be worked out: a limit was reached, an assertion failed, or a host function refused."""
